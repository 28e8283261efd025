using EdgeMas.Control.Arm;
using EdgeMas.Control.Flight;
using EdgeMas.Control.Tests.Arm;
using EdgeMas.Control.Tests.Flight;
using EdgeMas.Core.Motion;

namespace EdgeMas.Control.Tests.Vehicles;

/// <summary>A host that writes nonsense into the memory that it shares with the core.</summary>
public sealed class LyingHostTests
{
    private const int Steps = 20_000;
    private const int BetweenGoals = 20;

    [Fact]
    public void Random_bytes_in_a_goal_move_no_joint_out_of_its_range_and_break_no_tick()
    {
        var rig = new ArmRig();
        var random = new Random(3);
        var moves = 0;
        for (var i = 0; i < Steps; i++)
        {
            if (i % BetweenGoals == 0)
                rig.Submit(ArmGoal.Move(JointVector.Of((4 * random.NextDouble()) - 2, 1, -1, -1)));
            else
                rig.CorruptGoal(random);
            rig.Step();
            moves += rig.Now.IsMoving ? 1 : 0;
            for (var joint = 0; joint < rig.Limits.Joints.Count; joint++)
                Assert.InRange(rig.Now.Body.Commanded[joint], rig.Limits.Joints[joint].Least - 1e-9, rig.Limits.Joints[joint].Most + 1e-9);
        }
        Assert.Null(rig.Desk.Fault);
        Assert.True(moves > Steps / 10, $"{moves} ticks of motion");
    }

    [Fact]
    public void Random_bytes_in_a_goal_fly_nothing_beyond_its_limits_and_break_no_tick()
    {
        var rig = new FlightRig();
        var random = new Random(3);
        rig.Finish(FlightGoal.TakeOff(3));
        var moves = 0;
        for (var i = 0; i < Steps; i++)
        {
            if (i % BetweenGoals == 0)
                rig.Submit(rig.Now.Body.Mode == FlightMode.Off ? FlightGoal.TakeOff(3) : FlightGoal.FlyTo(new Vector3D(2 + (20 * random.NextDouble()), 2 + (16 * random.NextDouble()), 3)));
            else
                rig.CorruptGoal(random);
            rig.Step();
            moves += rig.Now.IsMoving ? 1 : 0;
            Assert.InRange(rig.Loop.AskedTilt, 0, rig.Limits.MaxTilt + 1e-9);
            Assert.InRange(rig.Loop.AskedVelocity.HorizontalLength, 0, rig.Limits.MaxSpeed + 1e-9);
            Assert.InRange(rig.World.Truth.Position.X, 0, 25);
            Assert.InRange(rig.World.Truth.Position.Y, 0, 20);
        }
        Assert.Null(rig.Desk.Fault);
        Assert.True(moves > Steps / 10, $"{moves} ticks of motion");
    }
}
