namespace EdgeMas.Control.Kinematics;

/// <summary>What an Ackermann base is told.</summary>
/// <param name="Speed">Metres a second of the middle of the back axle, forward positive.</param>
/// <param name="Steering">Radians of the wheel that stands in the middle of the front axle, left positive.</param>
public readonly record struct AckermannDrive(double Speed, double Steering);
