using System.Globalization;
using CsCheck;
using EdgeMas.Control.Arm;
using EdgeMas.Control.Trajectory;
using EdgeMas.Core.Motion;

namespace EdgeMas.Control.Tests.Arm;

/// <summary>Whatever is asked, nothing outside the limits reaches the servos. EDGEMAS_FUZZ sets how many sequences are tried.</summary>
public sealed class ArmEnvelopeTests
{
    private const int Length = 16;
    private const double Seconds = 0.01;
    private const double Tolerance = 1e-6;

    private static long Sequences => long.TryParse(Environment.GetEnvironmentVariable("EDGEMAS_FUZZ"), CultureInfo.InvariantCulture, out var count) ? count : 100_000;

    [Fact]
    public void No_sequence_of_speeds_gets_a_position_outside_the_limits_through()
    {
        var limits = ArmRig.FourJoints;
        var kinematics = new ArmKinematics(limits.Joints);
        var envelope = new ArmEnvelope(limits, kinematics);
        var random = new Random(11);
        var (before, speeds) = (default(JointVector), default(JointVector));
        long brakes = 0, range = 0, fast = 0, sudden = 0, outside = 0, moved = 0;
        for (var sequence = 0L; sequence < Sequences; sequence++)
        {
            if (sequence % 8 == 0)
            {
                do
                {
                    for (var i = 0; i < 4; i++)
                        before[i] = limits.Joints[i].Least + (random.NextDouble() * (limits.Joints[i].Most - limits.Joints[i].Least));
                }
                while (!limits.IsInWorkspace(kinematics.ToolAt(before)));
                envelope.Rest(before);
                speeds = default;
            }
            var wanted = default(JointVector);
            for (var i = 0; i < 4; i++)
                wanted[i] = Number(random, 5);
            for (var step = 0; step < Length; step++)
            {
                if (random.Next(4) == 0)
                    wanted[random.Next(4)] = Number(random, 5);
                envelope.Apply(wanted, Seconds);
                for (var i = 0; i < 4; i++)
                {
                    var (joint, now) = (limits.Joints[i], envelope.Angles[i]);
                    var speed = (now - before[i]) / Seconds;
                    range += now >= joint.Least && now <= joint.Most ? 0 : 1;
                    fast += Math.Abs(speed) <= joint.Motion.Speed + Tolerance ? 0 : 1;
                    if (now > joint.Least && now < joint.Most && !envelope.IsBraked)
                        sudden += Math.Abs(speed - speeds[i]) / Seconds <= joint.Motion.Acceleration + Tolerance ? 0 : 1;
                    speeds[i] = speed;
                    moved += speed != 0 ? 1 : 0;
                }
                brakes += envelope.IsBraked ? 1 : 0;
                outside += limits.IsInWorkspace(kinematics.ToolAt(envelope.Angles)) ? 0 : 1;
                before = envelope.Angles;
            }
        }

        Assert.Equal((0L, 0L, 0L, 0L), (range, fast, sudden, outside));
        Assert.InRange(brakes, 0, Sequences / 100); // for what bends the way, not in place of slowing down
        Assert.True(moved > Sequences, "the fuzz hardly moved the arm, so it tried nothing");
    }

    [Fact]
    public void Angles_that_the_inverse_gives_bring_the_tool_to_the_place() =>
        Gen.Select(Gen.Double[0, 1].Array[6], Gen.Int[2, 6]).Sample((shares, count) =>
        {
            var joints = Enumerable.Range(0, count).Select(i => new ArmJoint(
                i == 0 ? 0.02 : 0.15, i is 0 or 3 or 4 ? Math.PI / 2 : 0, i == 0 ? 0.1 : 0, 0, -2.5, 2.5, new MotionLimits(1, 1, 10))).ToArray();
            var kinematics = new ArmKinematics(joints);
            var angles = default(JointVector);
            for (var i = 0; i < count; i++)
                angles[i] = -2.4 + (4.8 * shares[i]);
            var place = kinematics.ToolAt(angles); // one that can be reached

            var distance = kinematics.Reach(place, default, 1e-3, out var found);

            Assert.InRange(distance, 0, 1e-3);
            Assert.Equal(distance, (kinematics.ToolAt(found) - place).Length, 1e-12);
            for (var i = 0; i < count; i++)
                Assert.InRange(found[i], -2.5, 2.5);
        }, iter: 400);

    [Fact]
    public void A_place_out_of_reach_is_told_by_how_much() =>
        Assert.Equal(1, new ArmKinematics(ArmRig.FourJoints.Joints).Reach(new Vector3D(1.5, 0, 0.1), default, 1e-3, out _), 0.01);

    /// <summary>Two links in a plane, by hand.</summary>
    [Fact]
    public void The_tool_is_where_geometry_says()
    {
        var kinematics = new ArmKinematics([new ArmJoint(0.3, 0, 0, 0, -3, 3, new MotionLimits(1, 1, 1)), new ArmJoint(0.2, 0, 0, 0, -3, 3, new MotionLimits(1, 1, 1))]);
        var tool = kinematics.ToolAt(JointVector.Of(Math.PI / 2, -Math.PI / 2));
        Assert.Equal(0.2, tool.X, 1e-12);
        Assert.Equal(0.3, tool.Y, 1e-12);
        Assert.Equal(0, tool.Z, 1e-12);
    }

    private static double Number(Random random, double size) => random.Next(60) switch
    {
        0 => double.NaN,
        1 => double.PositiveInfinity,
        2 => double.NegativeInfinity,
        3 => 1e300,
        4 => 0,
        _ => ((2 * random.NextDouble()) - 1) * size,
    };
}
