using CsCheck;
using EdgeMas.Control.Goals;
using EdgeMas.Control.Loop;
using EdgeMas.Simulation.Description;

namespace EdgeMas.Control.Tests.Envelope;

public sealed class EnvelopePropertyTests
{
    /// <summary>Odometry drifts: by so many metres may the truth be outside when the loop believes that it is inside.</summary>
    private const double StatedMargin = 0.5;

    private static readonly Gen<(MotionGoal Goal, int Ticks)> SomeGoal = Gen.Select(
        Gen.OneOf(
            Gen.Double[-30, 30].Select(distance => MotionGoal.Drive(distance)),
            Gen.Select(Gen.Double[-5, 25], Gen.Double[0.05, 20], (distance, speed) => MotionGoal.Drive(distance, speed)),
            Gen.Double[-13, 13].Select(MotionGoal.Turn),
            Gen.Select(Gen.Double[-5, 30], Gen.Double[-5, 25], (x, y) => MotionGoal.GoTo(x, y)),
            Gen.Const(MotionGoal.Stop())),
        Gen.Int[1, 900]);

    [Fact]
    public void No_sequence_of_goals_gets_more_than_the_envelope_through_to_the_wheels() =>
        Gen.Select(Gen.Int[1, 1000], SomeGoal.Array[1, 8]).Sample((seed, goals) =>
        {
            var rig = new YardRig(WorldDescription.Yard(seed));
            var geometry = rig.Body.Geometry;
            var (speed, turnRate, brakes) = (0.0, 0.0, 0);
            Each(rig, goals, () =>
            {
                var now = (rig.Body.Left + rig.Body.Right) / 2 * geometry.WheelRadius;
                var turning = (rig.Body.Right - rig.Body.Left) * geometry.WheelRadius / geometry.TrackWidth;
                Assert.InRange(now, -rig.Limits.MaxReverseSpeed - 1e-9, rig.Limits.MaxSpeed + 1e-9);
                Assert.InRange(Math.Abs(turning), 0, rig.Limits.MaxTurnRate + 1e-9);
                if (rig.Body.Brakes == brakes)
                {
                    var faster = Math.Abs(now) > Math.Abs(speed);
                    Assert.InRange(Math.Abs(now - speed) / 0.01, 0, (faster ? rig.Limits.MaxAcceleration : rig.Limits.MaxDeceleration) + 1e-6);
                    Assert.InRange(Math.Abs(turning - turnRate) / 0.01, 0, rig.Limits.MaxTurnAcceleration + 1e-6);
                }
                (speed, turnRate, brakes) = (now, turning, rig.Body.Brakes);
            });
        }, iter: 60);

    [Fact]
    public void No_sequence_of_goals_leaves_the_fence_or_runs_into_something_ahead() =>
        Gen.Select(Gen.Int[1, 1000], SomeGoal.Array[1, 12]).Sample((seed, goals) =>
        {
            // a fence away from the walls: nothing but the fence stops the rover there
            var yard = WorldDescription.Yard(seed) with
            {
                Boxes = [], Obstacles = [], Balls = [],
                Geofence = [new PointM(2, 5), new PointM(14, 3), new PointM(18, 9), new PointM(12, 15), new PointM(3, 13)],
            };
            var rig = new YardRig(yard);
            Each(rig, goals, () =>
            {
                var truth = rig.World.TruePose;
                Assert.InRange(Outside(yard.Geofence, truth.X, truth.Y), double.NegativeInfinity, StatedMargin);
                Assert.Equal(0, rig.World.State.Collisions);
            });
        }, iter: 60);

    [Fact]
    public void Forwards_nothing_is_hit_whatever_stands_in_the_way() =>
        Gen.Select(Gen.Int[1, 1000], Gen.Double[-180, 180], Gen.Double[0.3, 1]).Sample((seed, heading, speed) =>
        {
            var yard = WorldDescription.Yard(seed) with { Start = new StartDescription(new PointM(12, 9), heading), Geofence = [] };
            var rig = new YardRig(yard);

            var end = rig.Finish(MotionGoal.Drive(40, speed));

            Assert.Equal((MotionState.Blocked, MotionCause.Obstacle), (end.State, end.Cause));
            Assert.Equal(0, rig.World.State.Collisions);
            Assert.InRange(rig.World.State.RangeAhead, rig.Limits.StopDistance - 0.1, rig.Limits.StopDistance + 0.1);
        }, iter: 60);

    private static void Each(YardRig rig, (MotionGoal Goal, int Ticks)[] goals, Action check)
    {
        foreach (var (goal, ticks) in goals)
        {
            rig.Submit(goal);
            for (var i = 0; i < ticks; i++)
            {
                rig.Step();
                check();
            }
        }
    }

    /// <returns>Metres outside of a convex polygon whose corners go counter-clockwise; negative inside.</returns>
    private static double Outside(IReadOnlyList<PointM> corners, double x, double y)
    {
        var worst = double.NegativeInfinity;
        for (var i = 0; i < corners.Count; i++)
        {
            var (a, b) = (corners[i], corners[(i + 1) % corners.Count]);
            var left = (((b.X - a.X) * (y - a.Y)) - ((b.Y - a.Y) * (x - a.X))) / a.DistanceTo(b);
            worst = Math.Max(worst, -left);
        }
        return worst;
    }
}
