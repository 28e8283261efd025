using EdgeMas.Control.Goals;
using EdgeMas.Control.Loop;
using EdgeMas.Core.Motion;

namespace EdgeMas.Control.Tests.Drives;

/// <summary>Four mecanum wheels: from goals by way of the loop to the simulated ground, judged by the world's truth.</summary>
public sealed class MecanumLoopTests
{
    [Theory]
    [InlineData(2)]
    [InlineData(-1.5)]
    public void Sideways_goes_as_far_as_it_was_told_and_holds_its_line_and_heading(double distance)
    {
        for (var seed = 1; seed <= 10; seed++)
        {
            var rig = new WheeledRig(DriveKind.Mecanum, seed);
            var start = rig.World.TruePose;

            var end = rig.Finish(MotionGoal.Strafe(distance));

            Assert.Equal(MotionState.Done, end.State);
            Assert.Equal(distance, end.Travelled, 0.01);
            var truth = rig.World.TruePose;
            Assert.Equal((start.X, start.Y + distance), (truth.X, truth.Y), Within(0.06));
            Assert.Equal(0, YardRig.Degrees(truth.Heading), 2.0);
        }
    }

    [Fact]
    public void It_drives_turns_and_goes_to_places_as_a_rover_on_two_wheels_does()
    {
        for (var seed = 1; seed <= 10; seed++)
        {
            var rig = new WheeledRig(DriveKind.Mecanum, seed);

            Assert.Equal(MotionState.Done, rig.Finish(MotionGoal.Drive(4)).State);
            Assert.Equal((8.0, 8.0), (rig.World.TruePose.X, rig.World.TruePose.Y), Within(0.1));
            Assert.Equal(MotionState.Done, rig.Finish(MotionGoal.Turn(Math.PI / 2)).State);
            Assert.Equal(90, YardRig.Degrees(rig.World.TruePose.Heading), 2.5);
            Assert.Equal(MotionState.Done, rig.Finish(MotionGoal.GoTo(5, 10, Math.PI)).State);
            Assert.Equal((5.0, 10.0), (rig.World.TruePose.X, rig.World.TruePose.Y), Within(0.2));
            Assert.InRange(Math.Abs(Angles.Wrap(rig.World.TruePose.Heading - Math.PI)), 0, 0.1);
        }
    }

    [Fact]
    public void Sideways_out_of_the_fence_is_refused_before_anything_moves()
    {
        var rig = new WheeledRig(DriveKind.Mecanum);
        var start = rig.World.TruePose;

        var end = rig.Finish(MotionGoal.Strafe(-9));

        Assert.Equal((MotionState.Refused, MotionCause.Geofence, start), (end.State, end.Cause, rig.World.TruePose));
        Assert.Equal(7.25, end.FenceAhead, 0.01);
    }

    [Fact]
    public void A_wheel_that_does_not_turn_stops_it()
    {
        var rig = new WheeledRig(DriveKind.Mecanum);
        rig.Submit(MotionGoal.Strafe(5));
        rig.Run(4);
        Assert.InRange(rig.World.State.SideSpeed, 0.3, 0.5);

        rig.World.Faults.LeftWheelStuck = true;
        rig.Run(3);

        Assert.Equal((MotionState.Blocked, MotionCause.Wheel), (rig.Desk.Snapshot.State, rig.Desk.Snapshot.Cause));
        Assert.Equal(0, rig.World.State.SideSpeed, 1e-3);
    }

    [Fact]
    public void Limits_that_together_ask_too_much_of_a_wheel_are_refused()
    {
        var error = Assert.Throws<ControlOptionsException>(() => new WheeledRig(DriveKind.Mecanum, limits: limits => limits with { MaxSpeed = 2 }));

        Assert.Equal("EnvelopeOptions.MaxWheelSpeed", error.Option);
        Assert.Contains("26", error.Reason, StringComparison.Ordinal);
    }

    private static IEqualityComparer<(double, double)> Within(double metres) =>
        EqualityComparer<(double X, double Y)>.Create((a, b) => Math.Abs(a.X - b.X) <= metres && Math.Abs(a.Y - b.Y) <= metres);
}
