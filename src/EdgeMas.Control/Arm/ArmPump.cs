using EdgeMas.Control.Body;
using EdgeMas.Core.Motion;

namespace EdgeMas.Control.Arm;

/// <summary>Gives an arm to a core in another process. What is called brakes there is its emergency stop.</summary>
public sealed class ArmPump : BodyPump<ArmShape, ArmCommand, ArmSensors>
{
    private readonly IServoArm _body;

    /// <summary>Takes the body's place in a region that is there already, or makes one.</summary>
    /// <param name="path">Of the region's file.</param>
    /// <param name="time">A clock that the core has too: the system's.</param>
    /// <exception cref="Sharing.RegionException">The file is no such region, or cannot be made.</exception>
    public ArmPump(string path, IServoArm body, TimeProvider time)
        : base(path, new ArmShape(body.JointCount), time)
    {
        _body = body;
        Begin();
    }

    private protected override void Brake() => _body.Halt();

    private protected override void Move(in ArmCommand command)
    {
        if (command.IsHold)
            _body.Hold();
        else
            _body.TryMove(command.Angles);
    }

    private protected override bool TryRead(long timestamp, out ArmSensors sensors)
    {
        var answers = _body.TryRead(out sensors);
        sensors = sensors with { Timestamp = timestamp };
        return answers;
    }
}
