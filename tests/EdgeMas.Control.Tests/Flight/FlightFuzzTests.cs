using System.Globalization;
using CsCheck;
using EdgeMas.Control.Flight;
using EdgeMas.Core.Motion;
using EdgeMas.Simulation.Flight;

namespace EdgeMas.Control.Tests.Flight;

/// <summary>Whatever is asked, nothing outside the limits reaches the rotors and the body stays in its fence. EDGEMAS_FUZZ sets how many sequences the envelope is tried with.</summary>
public sealed class FlightFuzzTests
{
    private const int Length = 16;
    private const double Seconds = 0.004;
    private const double Tolerance = 1e-9;

    private static readonly Point2D[] Fence = [new(1, 1), new(20, 1), new(20, 8), new(12, 8), new(12, 16), new(1, 16)]; // an L

    private static readonly Gen<(FlightGoal Goal, int Ticks)> SomeGoal = Gen.Select(
        Gen.OneOf(
            Gen.Double[-1, 20].Select(FlightGoal.TakeOff),
            Gen.Select(Gen.Double[-5, 25], Gen.Double[-5, 20], Gen.Double[-2, 14]).Select((x, y, z) => FlightGoal.FlyTo(new Vector3D(x, y, z))),
            Gen.Select(Gen.Double[2, 19], Gen.Double[2, 15], Gen.Double[1, 6], Gen.Double[0.5, 20]).Select((x, y, z, speed) => FlightGoal.FlyTo(new Vector3D(x, y, z), x, speed)),
            Gen.Const(FlightGoal.Hover()),
            Gen.Const(FlightGoal.Land())),
        Gen.Int[1, 1500]);

    private static long Sequences => long.TryParse(Environment.GetEnvironmentVariable("EDGEMAS_FUZZ"), CultureInfo.InvariantCulture, out var count) ? count : 100_000;

    [Fact]
    public void No_sequence_of_velocities_gets_one_outside_the_limits_through()
    {
        var limits = new FlightLimits { Geofence = Fence };
        var random = new Random(4);
        var envelope = new FlightEnvelope(limits);
        var mixer = new RotorMixer(new SimulatedQuadrotor(new QuadrotorWorld(new QuadrotorDescription()), TimeProvider.System).Geometry);
        long outside = 0, moved = 0;
        for (var sequence = 0L; sequence < Sequences; sequence++)
        {
            if (sequence % 8 == 0)
                envelope.Rest(default);
            var position = new Vector3D(random.NextDouble() * 25, random.NextDouble() * 20, random.NextDouble() * 12);
            for (var i = 0; i < Length; i++)
            {
                var before = envelope.Velocity;
                envelope.Apply(Some(random, 6), position, Some(random, 2) is { IsFinite: true } moving ? moving : default, random.Next(4) == 0, Seconds);
                var (now, change) = (envelope.Velocity, envelope.Velocity - before);
                outside += now.HorizontalLength <= limits.MaxSpeed + Tolerance && now.Z <= limits.MaxClimb + Tolerance && now.Z >= -limits.MaxDescent - Tolerance ? 0 : 1;
                outside += change.HorizontalLength <= (limits.MaxAcceleration * Seconds) + Tolerance && Math.Abs(change.Z) <= (limits.MaxAcceleration * Seconds) + Tolerance ? 0 : 1;
                moved += now != default ? 1 : 0;

                var rotors = mixer.Mix(Number(random, 60), Some(random, 5));
                foreach (var speed in (ReadOnlySpan<double>)[rotors.FrontLeft, rotors.FrontRight, rotors.BackLeft, rotors.BackRight])
                    outside += speed is >= 0 and <= 900 + 1e-9 ? 0 : 1;
            }
        }

        Assert.Equal(0, outside);
        Assert.True(moved > Sequences, "the fuzz hardly moved anything, so it tried nothing");
    }

    [Fact]
    public void No_sequence_of_goals_in_wind_leaves_the_fence_or_asks_for_more_than_the_limits()
    {
        var flown = 0;
        Gen.Select(Gen.Int[1, 100_000], Gen.Double[-2.5, 2.5], Gen.Double[-2.5, 2.5], SomeGoal.Array[2, 12]).Sample((seed, windX, windY, goals) =>
        {
            var rig = new FlightRig(
                new QuadrotorDescription { Seed = seed, WindXMps = windX, WindYMps = windY, GustSigmaMps = 0.8, BatteryStart = 0.95 }, limits => limits with { Geofence = Fence });
            var fence = new FlightFence(rig.Limits);
            rig.EachStep = () =>
            {
                var truth = rig.World.Truth;
                if (!fence.Contains(truth.Position))
                    Assert.Fail($"left the fence: {rig.Now}; truth {truth}");
                if (rig.Loop.AskedTilt > rig.Limits.MaxTilt + Tolerance || truth.Attitude.Tilt > rig.Limits.MaxTilt + 0.35)
                    Assert.Fail($"leaned too far: asked {rig.Loop.AskedTilt}, {truth}");
                if (truth.HardLandings > 0)
                    Assert.Fail($"hit the ground: {rig.Now}; truth {truth}");
            };
            rig.Finish(FlightGoal.TakeOff(2));
            foreach (var (goal, ticks) in goals)
            {
                rig.Submit(goal);
                for (var i = 0; i < ticks; i++)
                    rig.Step();
                Interlocked.Add(ref flown, rig.Now.Body.Mode == FlightMode.Flying ? 1 : 0);
            }
            rig.FeedsItself = false; // and then nobody is there any more
            rig.RunUntil(() => rig.Now.Body.Mode == FlightMode.Off, 120);
            Assert.True(rig.World.Truth.IsOnGround);
        }, iter: 80);
        Assert.InRange(flown, 50, int.MaxValue);
    }

    [Fact]
    public void Forces_that_the_rotors_can_do_come_out_as_asked()
    {
        var geometry = new SimulatedQuadrotor(new QuadrotorWorld(new QuadrotorDescription()), TimeProvider.System).Geometry;
        var mixer = new RotorMixer(geometry);
        Gen.Select(Gen.Double[8, 24], Gen.Double[-0.3, 0.3], Gen.Double[-0.3, 0.3], Gen.Double[-0.02, 0.02]).Sample((thrust, roll, pitch, yaw) =>
        {
            var rotors = mixer.Mix(thrust, new Vector3D(roll, pitch, yaw));
            var (fl, fr, bl, br) = (Force(rotors.FrontLeft), Force(rotors.FrontRight), Force(rotors.BackLeft), Force(rotors.BackRight));
            var arm = geometry.ArmLength / Math.Sqrt(2);
            Assert.Equal(thrust, fl + fr + bl + br, 1e-9);
            Assert.Equal(roll, arm * (fl + bl - fr - br), 1e-9);
            Assert.Equal(pitch, arm * (bl + br - fl - fr), 1e-9);
            Assert.Equal(yaw, geometry.TorqueFactor / geometry.ThrustFactor * (fl + br - fr - bl), 1e-9);
        });

        double Force(double speed) => geometry.ThrustFactor * speed * speed;
    }

    private static Vector3D Some(Random random, double size) => new(Number(random, size), Number(random, size), Number(random, size));

    private static double Number(Random random, double size) => random.Next(40) switch
    {
        0 => double.NaN,
        1 => double.PositiveInfinity,
        2 => double.NegativeInfinity,
        3 => 1e300,
        4 => 0,
        _ => ((2 * random.NextDouble()) - 1) * size,
    };
}
