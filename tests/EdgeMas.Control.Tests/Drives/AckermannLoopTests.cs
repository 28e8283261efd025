using EdgeMas.Control.Envelope;
using EdgeMas.Control.Goals;
using EdgeMas.Control.Loop;
using EdgeMas.Control.Motor.Car;
using EdgeMas.Core.Motion;

namespace EdgeMas.Control.Tests.Drives;

/// <summary>A base that steers: from goals by way of the loop to the simulated ground, judged by the world's truth.</summary>
public sealed class AckermannLoopTests
{
    [Theory]
    [InlineData(3, 0)]
    [InlineData(-2, 0)]
    [InlineData(2, 1.5)]
    [InlineData(2, -1.5)]
    [InlineData(-2, 1.2)]
    [InlineData(-1.5, -1)]
    [InlineData(6, 6)]
    public void A_line_or_an_arc_ends_where_it_was_meant_to(double distance, double angle)
    {
        for (var seed = 1; seed <= 10; seed++)
        {
            var rig = new WheeledRig(DriveKind.Ackermann, seed);
            var start = rig.World.TruePose;

            var end = rig.Finish(MotionGoal.Arc(distance, angle));

            Assert.Equal(MotionState.Done, end.State);
            var meant = new CarSegment(start, distance, angle / distance).End;
            Assert.InRange(meant.DistanceTo(rig.World.TruePose), 0, 0.08);
            Assert.Equal(0, YardRig.Degrees(Angles.Wrap(meant.Heading - rig.World.TruePose.Heading)), 4.0);
        }
    }

    [Fact]
    public void It_comes_back_to_an_arc_that_begins_beside_it()
    {
        var rig = new WheeledRig(DriveKind.Ackermann);
        var planned = rig.World.TruePose with { Y = 8.1, Heading = 0.1 };

        Assert.Equal(MotionState.Done, rig.Finish(MotionGoal.Arc(planned, 4, 0.4)).State);

        Assert.InRange(new CarSegment(planned, 4, 0.1).End.DistanceTo(rig.World.TruePose), 0, 0.08);
    }

    [Fact]
    public void What_it_cannot_do_is_refused_before_anything_moves()
    {
        var rig = new WheeledRig(DriveKind.Ackermann);
        var start = rig.World.TruePose;

        foreach (var goal in new[] { MotionGoal.Turn(1), MotionGoal.Strafe(1), MotionGoal.GoTo(6, 8), MotionGoal.Arc(1, 1.5) })
        {
            var end = rig.Finish(goal);
            Assert.Equal((MotionState.Refused, MotionCause.Drive), (end.State, end.Cause));
        }
        var away = rig.Finish(MotionGoal.Arc(new Pose2D(9, 9, 0), 1, 0));
        Assert.Equal((MotionState.Refused, MotionCause.Goal), (away.State, away.Cause));
        var beyond = rig.Finish(MotionGoal.Arc(12, -1.5)); // ends outside, though it begins along the fence
        Assert.Equal((MotionState.Refused, MotionCause.Geofence), (beyond.State, beyond.Cause));
        rig.Run(1);
        Assert.Equal(start, rig.World.TruePose);
    }

    [Theory]
    [InlineData(DriveKind.Differential)]
    [InlineData(DriveKind.Mecanum)]
    public void Other_bases_refuse_an_arc(DriveKind kind) =>
        Assert.Equal(MotionCause.Drive, new WheeledRig(kind).Finish(MotionGoal.Arc(2, 1)).Cause);

    [Fact]
    public void Two_wheels_refuse_to_go_sideways() =>
        Assert.Equal(MotionCause.Drive, new WheeledRig(DriveKind.Differential).Finish(MotionGoal.Strafe(1)).Cause);

    [Theory]
    [InlineData("stuck", MotionCause.Steering)]
    [InlineData("lost", MotionCause.Steering)]
    [InlineData("gyroscope", MotionCause.Heading)]
    public void A_steering_or_a_heading_that_fails_stops_it(string fault, MotionCause cause)
    {
        var rig = new WheeledRig(DriveKind.Ackermann);
        rig.Finish(MotionGoal.Arc(1, 0.9));
        rig.Submit(MotionGoal.Drive(8));
        rig.Run(3);
        Assert.InRange(rig.World.State.Speed, 0.6, 0.9);
        var from = rig.World.TruePose;

        rig.World.Faults.SteeringStuck = fault == "stuck";
        rig.World.Faults.SteeringLost = fault == "lost";
        rig.World.Faults.GyroscopeLost = fault == "gyroscope";
        if (fault == "stuck")
            rig.Submit(MotionGoal.Arc(2, -1.6)); // it would have to steer, and stands until it does
        rig.Run(4);

        Assert.Equal((MotionState.Blocked, cause), (rig.Desk.Snapshot.State, rig.Desk.Snapshot.Cause));
        Assert.Equal(0, rig.World.State.Speed, 1e-3);
        Assert.InRange(from.DistanceTo(rig.World.TruePose), 0, 1.2);
    }

    [Fact]
    public void A_steering_that_cannot_be_measured_lets_nothing_begin()
    {
        var rig = new WheeledRig(DriveKind.Ackermann);
        rig.World.Faults.SteeringLost = true;
        rig.Run(1);
        var start = rig.World.TruePose;

        var end = rig.Finish(MotionGoal.Drive(2));

        Assert.Equal((MotionState.Blocked, MotionCause.Steering, start), (end.State, end.Cause, rig.World.TruePose));
    }

    [Fact]
    public void Measures_that_make_no_car_are_refused() =>
        Assert.Contains("wheelBase", Assert.Throws<ControlOptionsException>(() => new EnvelopeOptions().CheckFor(new WheeledGeometry(DriveKind.Ackermann, 0.08, 0.3, 0, 0.5, 1))).Option, StringComparison.Ordinal);
}
