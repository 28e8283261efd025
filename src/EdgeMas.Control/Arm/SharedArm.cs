using EdgeMas.Control.Body;
using EdgeMas.Core.Motion;

namespace EdgeMas.Control.Arm;

/// <summary>An arm that another process moves.</summary>
internal sealed class SharedArm(string path, TimeProvider time) : SharedBody<ArmShape, ArmCommand, ArmSensors>(path, time), IServoArm
{
    public int JointCount => Shape.JointCount;

    public bool TryMove(in JointVector angles) => TryGive(new ArmCommand(IsHold: false, angles));

    public void Hold() => TryGive(new ArmCommand(IsHold: true, default));

    public void Halt() => GiveBrake();

    private protected override long TimestampOf(in ArmSensors sensors) => sensors.Timestamp;
}
