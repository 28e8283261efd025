using EdgeMas.Control.Loop;
using EdgeMas.Control.Stopping;
using EdgeMas.Host.Configuration;
using EdgeMas.Host.Hil;
using EdgeMas.Host.Tests.Robot;

namespace EdgeMas.Host.Tests.Hil;

/// <summary>The cases of 'edgemas hil run arm' that every arm has, on the simulated one.</summary>
public sealed class ArmCasesTests : IDisposable
{
    private readonly SimulatedMovedArm _arm = new(ConfigurationReader.Read(HostedRobot.ShippedFile("configs/arm-simboard.yaml")).Arm!);
    private readonly ArmCases _cases;

    public ArmCasesTests() => _cases = new ArmCases(_arm, TestContext.Current.SendDiagnosticMessage, isBusy: true);

    public void Dispose() => _arm.Dispose();

    [Fact]
    public void A_place_is_reached_on_ramps_that_keep_the_limits() => _cases.ReachPlaces();

    [Fact]
    public void No_joint_leaves_its_range() => _cases.StayInRange();

    [Fact]
    public void An_owner_who_falls_silent_leaves_the_arm_at_rest() => _cases.HoldWhenTheOwnerIsSilent();

    [Fact]
    public void An_emergency_stop_holds_it_and_only_a_new_motion_moves_it_again()
    {
        _cases.MoveOn();
        _arm.Loop.Desk.EmergencyStop.Engage(EStopReason.Api);
        _arm.Until(() => _arm.Snapshot is { EStop: true, State: MotionState.EStopped }, "the stop is latched");
        _cases.ExpectStanding("after the stop");
        _cases.ReleaseAndGoOn();
    }
}
