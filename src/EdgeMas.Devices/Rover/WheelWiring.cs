namespace EdgeMas.Devices.Rover;

/// <summary>One wheel: half of an H-bridge and an encoder.</summary>
/// <param name="In1">Line of the bridge's IN1; likewise <paramref name="In2"/>.</param>
/// <param name="PwmChannel">Of <see cref="RoverWiring.Pwm"/>.</param>
/// <param name="EncoderA">Line of the encoder's A; likewise <paramref name="EncoderB"/>.</param>
/// <param name="CountsPerTurn">Four times the pulses of one turn of the wheel, gear included.</param>
/// <param name="NoLoadRadiansPerSecond">Of the wheel at full voltage, from the motor's data sheet: what power a speed needs at first guess.</param>
public sealed record WheelWiring(int In1, int In2, int PwmChannel, int EncoderA, int EncoderB, double CountsPerTurn, double NoLoadRadiansPerSecond)
{
    /// <summary>IN1 high turns the wheel backwards, as on the other side of a robot.</summary>
    public bool MotorReversed { get; init; }

    /// <summary>The encoder counts down where the wheel goes forward.</summary>
    public bool EncoderReversed { get; init; }
}
