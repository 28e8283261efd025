using System.Globalization;
using EdgeMas.Control.Envelope;
using EdgeMas.Control.Loop;

namespace EdgeMas.Control.Tests.Envelope;

/// <summary>Whatever is asked of the envelope, nothing outside the limits comes out. EDGEMAS_FUZZ sets how many sequences are tried; 10,000,000 takes minutes.</summary>
public sealed class EnvelopeFuzzTests
{
    private const int Length = 16;
    private const double Seconds = 0.01;
    private const double Tolerance = 1e-6;

    private static long Sequences => long.TryParse(Environment.GetEnvironmentVariable("EDGEMAS_FUZZ"), CultureInfo.InvariantCulture, out var count) ? count : 100_000;

    [Fact]
    public void No_sequence_of_setpoints_gets_an_output_outside_the_limits()
    {
        var limits = new EnvelopeOptions { MaxMotorCurrent = 8, MaxMotorTemperature = 80 };
        var random = new Random(20);
        var envelope = new MotionEnvelope(limits);
        long outside = 0, moved = 0;
        for (var sequence = 0L; sequence < Sequences; sequence++)
        {
            if (sequence % 8 == 0)
                envelope = new MotionEnvelope(limits); // some go on where the one before ended, some begin at rest
            var (speed, turn) = (new Axis(envelope.Speed), new Axis(envelope.TurnRate));
            for (var i = 0; i < Length; i++)
            {
                var range = random.Next(4) == 0 ? double.NaN : random.NextDouble() * 10;
                var forbidden = random.Next(40) == 0 ? MotionCause.Lease : MotionCause.None;
                var guarded = envelope.Guard(Number(random, 12), Number(random, 100), Seconds);
                envelope.Apply(Number(random, 3), Number(random, 6), new EnvelopeInput(Seconds, default, range, guarded == MotionCause.None ? forbidden : guarded));
                outside += Outside(envelope.Speed, -limits.MaxReverseSpeed, limits.MaxSpeed) + Outside(envelope.TurnRate, -limits.MaxTurnRate, limits.MaxTurnRate);
                outside += turn.Move(envelope.TurnRate, limits.MaxTurnAcceleration, limits.MaxTurnAcceleration, limits.MaxTurnJerk);
                if (envelope.MustBrake)
                    speed = new Axis(0);
                else
                    outside += speed.Move(envelope.Speed, limits.MaxAcceleration, limits.MaxDeceleration, limits.MaxJerk);
                moved += envelope.Speed != 0 ? 1 : 0;
            }
        }

        Assert.Equal(0, outside);
        Assert.True(moved > Sequences, "the fuzz hardly moved the base, so it tried nothing");
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

    private static int Outside(double value, double least, double most) => value >= least && value <= most ? 0 : 1;

    /// <summary>What the last outputs say of rate and jerk; the first step after a rest of unknown rate counts for rates only.</summary>
    private struct Axis(double value)
    {
        private double _value = value;
        private double _rate = double.NaN;

        internal int Move(double next, double up, double down, double jerk)
        {
            var rate = (next - _value) / Seconds;
            var grows = Math.Abs(next) > Math.Abs(_value);
            var outside = Math.Abs(rate) > (grows ? up : down) + Tolerance ? 1 : 0;
            if (Math.Abs(rate - _rate) > (jerk * Seconds) + Tolerance)
                outside++;
            (_value, _rate) = (next, rate);
            return outside;
        }
    }
}
