using EdgeMas.Control.Goals;
using EdgeMas.Control.Loop;
using EdgeMas.Simulation.Description;

namespace EdgeMas.Control.Tests.Envelope;

public sealed class GeofenceTests
{
    [Fact]
    public void A_drive_that_would_leave_the_fence_is_refused_and_nothing_moves()
    {
        var rig = new YardRig();
        var start = rig.World.TruePose;

        var end = rig.Finish(MotionGoal.Drive(50));
        rig.Run(2);

        Assert.Equal((MotionState.Refused, MotionCause.Geofence), (end.State, end.Cause));
        Assert.Equal(20.25, end.FenceAhead, 0.01); // from x = 4 to 24.25
        Assert.Equal(start, rig.World.TruePose);
    }

    [Theory]
    [InlineData(30, 8)]
    [InlineData(-1, -1)]
    [InlineData(10, 19.5)]
    public void A_place_outside_the_fence_is_refused(double x, double y)
    {
        var end = new YardRig().Finish(MotionGoal.GoTo(x, y));

        Assert.Equal((MotionState.Refused, MotionCause.Geofence), (end.State, end.Cause));
    }

    [Fact]
    public void A_way_that_crosses_a_bay_of_the_fence_is_refused_though_both_ends_are_inside()
    {
        var yard = WorldDescription.Yard() with
        {
            Geofence = [new PointM(1, 6), new PointM(8, 6), new PointM(8, 14), new PointM(12, 14), new PointM(12, 6), new PointM(20, 6), new PointM(20, 18), new PointM(1, 18)],
        };

        var end = new YardRig(yard).Finish(MotionGoal.Drive(12));

        Assert.Equal((MotionState.Refused, MotionCause.Geofence), (end.State, end.Cause));
        Assert.Equal(4, end.FenceAhead, 0.01);
    }

    [Fact]
    public void A_rover_that_finds_itself_outside_may_come_back_slowly_but_not_go_further()
    {
        var yard = WorldDescription.Yard() with { Geofence = [new PointM(5, 2), new PointM(20, 2), new PointM(20, 18), new PointM(5, 18)] };
        var rig = new YardRig(yard);
        rig.Finish(MotionGoal.Turn(Math.PI));
        var away = rig.Finish(MotionGoal.Drive(1));
        Assert.Equal((MotionState.Refused, MotionCause.Geofence), (away.State, away.Cause));

        rig.Submit(MotionGoal.GoTo(8, 8));
        var fastestOutside = 0.0;
        for (var i = 0; i < 3000; i++)
        {
            rig.Step();
            if (rig.World.TruePose.X < 4.95)
                fastestOutside = Math.Max(fastestOutside, rig.World.State.Speed);
        }

        Assert.Equal(MotionState.Done, rig.Desk.Snapshot.State);
        Assert.InRange(fastestOutside, 0.1, 0.22);
    }
}
