using CsCheck;
using EdgeMas.Control.Trajectory;

namespace EdgeMas.Control.Tests.Trajectory;

public sealed class SCurveTests
{
    private static readonly Gen<MotionLimits> SomeLimits = Gen.Select(Gen.Double[-2, 1], Gen.Double[-2, 2], Gen.Double[-2, 3], (speed, acceleration, jerk) =>
        new MotionLimits(Math.Pow(10, speed), Math.Pow(10, acceleration), Math.Pow(10, jerk)));

    [Fact]
    public void It_begins_and_ends_at_rest_where_it_should_and_never_leaves_the_limits() =>
        Gen.Select(Gen.Double[-10, 10], Gen.Double[-10, 10], SomeLimits, Gen.Double[1, 4]).Sample((from, to, limits, stretch) =>
        {
            var curve = SCurve.Plan(from, to, limits);
            curve = curve.Stretched(curve.Duration * stretch);

            Assert.Equal(new MotionPoint(from, 0, 0), curve.At(0));
            Assert.Equal(new MotionPoint(curve.End, 0, 0), curve.At(curve.Duration * 1.000001));
            Assert.Equal(to, curve.End, 1e-12);
            if (from == to)
                return;
            const int steps = 400;
            var dt = curve.Duration / steps;
            var before = curve.At(0);
            for (var i = 1; i <= steps; i++)
            {
                var now = curve.At(i * dt);
                Assert.InRange(now.Position, Math.Min(from, to) - 1e-9, Math.Max(from, to) + 1e-9);
                Assert.InRange(Math.Abs(now.Speed), 0, (limits.Speed / stretch * (1 + 1e-6)) + 1e-12);
                Assert.InRange(Math.Abs(now.Acceleration), 0, (limits.Acceleration / (stretch * stretch) * (1 + 1e-6)) + 1e-12);
                Assert.InRange(Math.Abs(now.Acceleration - before.Acceleration) / dt, 0, (limits.Jerk / (stretch * stretch * stretch) * (1 + 1e-5)) + 1e-9);
                // position, speed and acceleration belong together
                var slack = (limits.Jerk * dt * dt) + 1e-9;
                Assert.InRange(((now.Speed - before.Speed) / dt) - ((now.Acceleration + before.Acceleration) / 2), -slack / dt, slack / dt);
                Assert.InRange(now.Position - before.Position - ((now.Speed + before.Speed) / 2 * dt), -slack * dt, slack * dt);
                before = now;
            }
        }, iter: 2_000);

    [Fact]
    public void Nothing_faster_keeps_the_limits()
    {
        // the closed form's three shapes, by their own limits: speed reached, acceleration reached, neither
        Assert.Equal(10.0 / 2 + 2.0 / 1 + 1.0 / 4, SCurve.Plan(0, 10, new MotionLimits(2, 1, 4)).Duration, 1e-9);
        Assert.Equal(4 * Math.Cbrt(0.001 / 8), SCurve.Plan(0, 0.001, new MotionLimits(2, 1, 4)).Duration, 1e-9);
        Assert.Equal(2 * (0.125 + Math.Sqrt((0.0625 / 4) + 0.5)), SCurve.Plan(1, 0.5, new MotionLimits(2, 1, 4)).Duration, 1e-9);
    }

    [Fact]
    public void Axes_that_move_together_arrive_together() =>
        Gen.Select(Gen.Double[-3, 3], SomeLimits).Array[2, 6].Sample(axes =>
        {
            var curves = axes.Select(axis => SCurve.Plan(0, axis.Item1, axis.Item2)).ToArray();
            var longest = curves.Max(curve => curve.Duration);
            foreach (var curve in curves.Select(curve => curve.Stretched(longest)))
            {
                Assert.Equal(curve.End == 0 ? 0 : longest, curve.Duration, longest * 1e-9);
                Assert.Equal(curve.End / 2, curve.At(longest / 2).Position, Math.Abs(curve.End) * 1e-9); // and are half way together
            }
        }, iter: 300);

    [Fact]
    public void A_way_cannot_be_made_to_last_less() =>
        Assert.Throws<ArgumentOutOfRangeException>(() => SCurve.Plan(0, 1, new MotionLimits(1, 1, 1)).Stretched(0.5));
}
