using CsCheck;
using EdgeMas.Control.Goals;
using EdgeMas.Control.Loop;
using EdgeMas.Control.Stopping;
using EdgeMas.Core.Motion;
using EdgeMas.Simulation.Description;

namespace EdgeMas.Control.Tests.Drives;

/// <summary>What holds for two wheels holds for mecanum wheels and for a base that steers.</summary>
public sealed class DriveSafetyTests
{
    /// <summary>Odometry drifts: by so many metres may the truth be outside when the loop believes that it is inside.</summary>
    private const double StatedMargin = 0.5;

    public static TheoryData<DriveKind> Kinds => [DriveKind.Mecanum, DriveKind.Ackermann];

    [Theory]
    [MemberData(nameof(Kinds))]
    public void The_emergency_stop_brakes_and_stays(DriveKind kind)
    {
        var rig = UnderWay(kind);
        var from = rig.World.TruePose;

        rig.Desk.EmergencyStop.Engage(EStopReason.Operator);
        rig.Run(1);

        Assert.InRange(from.DistanceTo(rig.World.TruePose), 0, 0.1);
        Assert.Equal((MotionState.EStopped, true), (rig.Desk.Snapshot.State, rig.Desk.Snapshot.EStop));
        var stoodAt = rig.World.TruePose;
        rig.Submit(MotionGoal.Drive(1));
        rig.Run(1);
        Assert.Equal(stoodAt, rig.World.TruePose);
        rig.Desk.EmergencyStop.Release();
        Assert.Equal(MotionState.Done, rig.Finish(MotionGoal.Drive(1)).State);
    }

    [Theory]
    [MemberData(nameof(Kinds))]
    public void When_the_goals_owner_goes_silent_it_comes_to_rest(DriveKind kind)
    {
        var rig = UnderWay(kind);

        rig.FeedsItself = false;
        rig.Run(3);

        Assert.Equal((MotionState.Blocked, MotionCause.Watchdog), (rig.Desk.Snapshot.State, rig.Desk.Snapshot.Cause));
        Assert.Equal((0.0, 0.0), (Math.Round(rig.World.State.Speed, 3), Math.Round(rig.World.State.SideSpeed, 3)));
    }

    [Theory]
    [MemberData(nameof(Kinds))]
    public void A_body_that_does_not_answer_is_braked(DriveKind kind)
    {
        var rig = UnderWay(kind);
        var brakes = rig.Body.Brakes;

        rig.World.Faults.BodySilent = true;
        rig.Run(1);

        Assert.Equal((MotionState.Faulted, MotionCause.Body), (rig.Desk.Snapshot.State, rig.Desk.Snapshot.Cause));
        Assert.True(rig.Body.Brakes > brakes + 50);
    }

    [Theory]
    [MemberData(nameof(Kinds))]
    public void Ticks_allocate_nothing(DriveKind kind)
    {
        var rig = new WheeledRig(kind);
        var goals = new[]
        {
            MotionGoal.Drive(2), MotionGoal.Strafe(1), MotionGoal.Turn(1), MotionGoal.GoTo(5, 8, 1), MotionGoal.Arc(2, 1), MotionGoal.Arc(-2, 1), MotionGoal.Drive(50), MotionGoal.Stop(),
        };
        Work();

        var before = GC.GetAllocatedBytesForCurrentThread();
        Work();
        rig.Desk.EmergencyStop.Engage(EStopReason.Operator);
        rig.Loop.Tick();

        Assert.Equal(0, GC.GetAllocatedBytesForCurrentThread() - before);

        void Work()
        {
            foreach (var goal in goals)
            {
                rig.Submit(goal);
                for (var i = 0; i < 300; i++)
                {
                    rig.Step();
                    _ = rig.Desk.Snapshot;
                }
            }
        }
    }

    [Theory]
    [MemberData(nameof(Kinds))]
    public void No_sequence_of_goals_gets_more_than_the_limits_to_an_actuator_or_leaves_the_fence(DriveKind kind) =>
        Gen.Select(Gen.Int[1, 1000], SomeGoal.Array[1, 10]).Sample((seed, goals) =>
        {
            PointM[] fence = [new PointM(2, 5), new PointM(14, 3), new PointM(18, 9), new PointM(12, 15), new PointM(3, 13)];
            var rig = new WheeledRig(kind, seed, yard => yard with { Boxes = [], Obstacles = [], Balls = [], Geofence = fence });
            var geometry = rig.Body.Geometry;
            var steering = kind == DriveKind.Ackermann ? new Control.Envelope.SteeringLimit(geometry, rig.Limits) : null;
            var (before, brakes) = (rig.Body.Command, 0);
            foreach (var (goal, ticks) in goals)
            {
                rig.Submit(goal);
                for (var i = 0; i < ticks; i++)
                {
                    rig.Step();
                    var now = rig.Body.Command;
                    Assert.InRange(now.Speeds.Fastest, 0, rig.Limits.MaxWheelSpeed + 1e-9);
                    if (rig.Body.Brakes == brakes)
                        Assert.InRange((now.Speeds - before.Speeds).Fastest / 0.01, 0, rig.Limits.MaxWheelAcceleration + 1e-6);
                    if (steering is not null)
                    {
                        Assert.InRange(Math.Abs(now.Steering), 0, steering.Most + 1e-9);
                        Assert.InRange(Math.Abs(steering.Curvature(now.Steering) * now.Speeds.BackLeft * geometry.WheelRadius), 0, rig.Limits.MaxTurnRate + 1e-6);
                    }
                    (before, brakes) = (now, rig.Body.Brakes);
                    Assert.InRange(Outside(fence, rig.World.TruePose), double.NegativeInfinity, StatedMargin);
                    Assert.Equal(0, rig.World.State.Collisions);
                }
            }
        }, iter: 40);

    private static readonly Gen<(MotionGoal Goal, int Ticks)> SomeGoal = Gen.Select(
        Gen.OneOf(
            Gen.Double[-20, 20].Select(distance => MotionGoal.Drive(distance)),
            Gen.Double[-15, 15].Select(distance => MotionGoal.Strafe(distance)),
            Gen.Double[-6, 6].Select(MotionGoal.Turn),
            Gen.Select(Gen.Double[-12, 12], Gen.Double[-6, 6], (distance, angle) => MotionGoal.Arc(distance, angle)),
            Gen.Select(Gen.Double[-5, 30], Gen.Double[-5, 25], (x, y) => MotionGoal.GoTo(x, y)),
            Gen.Const(MotionGoal.Stop())),
        Gen.Int[1, 700]);

    private static WheeledRig UnderWay(DriveKind kind)
    {
        var rig = new WheeledRig(kind);
        rig.Submit(kind == DriveKind.Mecanum ? MotionGoal.Strafe(6) : MotionGoal.Arc(8, 2));
        rig.Run(4);
        Assert.Equal(MotionState.Running, rig.Desk.Snapshot.State);
        Assert.True(Math.Abs(rig.World.State.Speed) + Math.Abs(rig.World.State.SideSpeed) > 0.3, $"{rig.World.State}");
        return rig;
    }

    /// <returns>Metres outside of a convex polygon whose corners go counter-clockwise; negative inside.</returns>
    private static double Outside(PointM[] corners, Pose2D at)
    {
        var worst = double.NegativeInfinity;
        for (var i = 0; i < corners.Length; i++)
        {
            var (a, b) = (corners[i], corners[(i + 1) % corners.Length]);
            worst = Math.Max(worst, (((b.Y - a.Y) * (at.X - a.X)) - ((b.X - a.X) * (at.Y - a.Y))) / a.DistanceTo(b));
        }
        return worst;
    }
}
