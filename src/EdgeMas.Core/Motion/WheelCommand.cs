namespace EdgeMas.Core.Motion;

/// <summary>What a driving body's actuators shall do.</summary>
/// <param name="Speeds">Radians a second. Both back wheels of an Ackermann body get their axle's speed, which its differential gear shares out.</param>
/// <param name="Steering">Radians of the wheel in the middle of the front axle, left positive; 0 where nothing steers.</param>
public readonly record struct WheelCommand(WheelSet Speeds, double Steering = 0)
{
    public bool IsFinite => Speeds.IsFinite && double.IsFinite(Steering);
}
