namespace EdgeMas.Devices.Arm;

/// <summary>What an emergency stop does to the servos.</summary>
public enum ArmStop
{
    /// <summary>Ends their pulses: a servo presses on as long as it gets them, whatever is in its way. An arm without a counterweight sinks.</summary>
    Release,

    /// <summary>Keeps the pulses of that moment: for an arm that must not sink. Its servos go on pressing.</summary>
    Hold,
}
