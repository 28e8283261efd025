using System.Globalization;
using EdgeMas.Control.Drives;
using EdgeMas.Control.Envelope;
using EdgeMas.Control.Loop;
using EdgeMas.Core.Motion;

namespace EdgeMas.Control.Tests.Drives;

/// <summary>Whatever is asked of the envelope, no actuator gets anything outside its limits. EDGEMAS_FUZZ sets how many sequences are tried.</summary>
public sealed class DriveFuzzTests
{
    private const int Length = 16;
    private const double Seconds = 0.01;
    private const double Tolerance = 1e-6;

    private static readonly EnvelopeOptions Limits = new() { MaxWheelSpeed = 26, MaxWheelAcceleration = 60, MaxWheelJerk = 1200, MaxSteering = 0.5, MaxSteeringRate = 1.2 };

    private static long Sequences => long.TryParse(Environment.GetEnvironmentVariable("EDGEMAS_FUZZ"), CultureInfo.InvariantCulture, out var count) ? count : 50_000;

    [Fact]
    public void No_sequence_of_setpoints_gets_a_mecanum_wheel_outside_its_limits()
    {
        var train = DriveTrain.Of(new WheeledGeometry(DriveKind.Mecanum, 0.08, 0.36, 0.4), Limits);
        var (outside, sideways) = (0L, 0L);
        Try(() => new MotionEnvelope(Limits), (envelope, step) =>
        {
            var now = train.CommandFor(envelope.Command).Speeds;
            outside += now.Fastest <= Limits.MaxWheelSpeed + Tolerance && now.IsFinite ? 0 : 1;
            if (step.IsKnown)
            {
                var rate = (now - step.Speeds) * (1 / Seconds);
                outside += rate.Fastest <= Limits.MaxWheelAcceleration + Tolerance ? 0 : 1;
                if (step.HasRate)
                    outside += ((rate - step.Rate) * (1 / Seconds)).Fastest <= Limits.MaxWheelJerk + Tolerance ? 0 : 1;
                step.Rate = rate;
                step.HasRate = true;
            }
            (step.Speeds, step.IsKnown) = (now, true);
            sideways += envelope.Side != 0 ? 1 : 0;
        });

        Assert.Equal(0, outside);
        Assert.True(sideways > Sequences, "the fuzz hardly moved the base, so it tried nothing");
    }

    [Fact]
    public void No_sequence_of_setpoints_gets_a_steering_outside_its_limits_or_the_base_to_turn_too_fast()
    {
        var geometry = new WheeledGeometry(DriveKind.Ackermann, 0.08, 0.36, 0.4, 0.6, 2);
        var limits = Limits with { MaxTurnRate = 0.6 }; // tight enough to matter at every speed
        var steering = new SteeringLimit(geometry, limits);
        var train = DriveTrain.Of(geometry, limits);
        var (outside, steered) = (0L, 0L);
        var worst = 0.0;
        Try(() => new MotionEnvelope(limits, steering), (envelope, step) =>
        {
            var now = train.CommandFor(envelope.Command);
            outside += now.IsFinite && now.Speeds.Fastest * geometry.WheelRadius <= limits.MaxSpeed + Tolerance ? 0 : 1;
            outside += Math.Abs(now.Steering) <= steering.Most + Tolerance && steering.Most < 0.5 ? 0 : 1;
            outside += Math.Abs(now.Steering - step.Steering) <= (limits.MaxSteeringRate * Seconds) + Tolerance ? 0 : 1;
            worst = Math.Max(worst, Math.Abs(envelope.TurnRate));
            outside += Math.Abs(envelope.TurnRate) <= limits.MaxTurnRate + Tolerance ? 0 : 1;
            step.Steering = now.Steering;
            steered += now.Steering != 0 ? 1 : 0;
        });

        Assert.True(outside == 0, $"{outside} outside; turned at most {worst} rad/s");
        Assert.True(steered > Sequences, "the fuzz hardly steered, so it tried nothing");
    }

    [Theory]
    [InlineData(DriveKind.Mecanum)]
    [InlineData(DriveKind.Ackermann)]
    public void No_sequence_of_setpoints_takes_the_base_out_of_its_fence(DriveKind kind)
    {
        Point2D[] corners = [new(0, 0), new(4, 1), new(5, 4), new(2, 5), new(-1, 3)];
        var limits = new EnvelopeOptions { Geofence = corners, HasRangeFinder = false };
        var steering = kind == DriveKind.Ackermann ? new SteeringLimit(new WheeledGeometry(kind, 0.08, 0.36, 0.4, 0.5, 1.5), limits) : null;
        var fence = new Geofence(corners);
        var random = new Random(22);
        var (way, near, outside) = (0.0, 0L, 0L);
        for (var run = 0; run < 40; run++)
        {
            var envelope = new MotionEnvelope(limits, steering);
            var (x, y, heading) = (2.0, 2.5, random.NextDouble() * 6);
            var (wish, held) = (default(MotionCommand), 0);
            for (var i = 0; i < 3000; i++)
            {
                if (held-- <= 0)
                {
                    var side = kind == DriveKind.Mecanum ? Number(random, 0.6) : 0;
                    (wish, held) = (new MotionCommand(Number(random, 1.5), side, steering is null ? Number(random, 1.5) : 0, steering is null ? 0 : Number(random, 0.6)), random.Next(300));
                }
                envelope.Apply(wish, new EnvelopeInput(Seconds, new Pose2D(x, y, Angles.Wrap(heading)), double.NaN, MotionCause.None));
                heading += envelope.TurnRate * Seconds;
                var (sin, cos) = Math.SinCos(heading);
                x += ((envelope.Speed * cos) - (envelope.Side * sin)) * Seconds;
                y += ((envelope.Speed * sin) + (envelope.Side * cos)) * Seconds;
                way += (Math.Abs(envelope.Speed) + Math.Abs(envelope.Side)) * Seconds;
                outside += fence.Contains(x, y) ? 0 : 1;
                near += fence.Clearance(x, y) < 0.2 ? 1 : 0;
            }
        }

        Assert.Equal(0, outside);
        Assert.True(way > 100 && near > 1000, $"{way} m and {near} times near the fence try nothing");
    }

    private static void Try(Func<MotionEnvelope> make, Action<MotionEnvelope, Step> check)
    {
        var random = new Random(21);
        var (envelope, step) = (make(), new Step());
        for (var sequence = 0L; sequence < Sequences; sequence++)
        {
            if (sequence % 8 == 0)
                (envelope, step) = (make(), new Step());
            var (wish, held) = (default(MotionCommand), 0);
            for (var i = 0; i < Length * 4; i++)
            {
                if (held-- <= 0)
                    (wish, held) = (new MotionCommand(Number(random, 3), Number(random, 2), Number(random, 6), Number(random, 1)), random.Next(20));
                var range = random.Next(4) == 0 ? double.NaN : 3 + (random.NextDouble() * 10);
                envelope.Apply(wish, new EnvelopeInput(Seconds, default, range, random.Next(80) == 0 ? MotionCause.Lease : MotionCause.None));
                if (envelope.MustBrake)
                    (step.IsKnown, step.HasRate) = (false, false);
                else
                    check(envelope, step);
            }
        }
    }

    private static double Number(Random random, double size) => random.Next(32) switch
    {
        0 => double.NaN,
        1 => double.PositiveInfinity,
        2 => double.NegativeInfinity,
        3 => 1e300,
        4 => 0,
        _ => ((2 * random.NextDouble()) - 1) * size,
    };

    private sealed class Step
    {
        internal WheelSet Speeds { get; set; }

        internal WheelSet Rate { get; set; }

        internal double Steering { get; set; }

        internal bool IsKnown { get; set; }

        internal bool HasRate { get; set; }
    }
}
