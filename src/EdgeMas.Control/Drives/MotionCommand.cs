namespace EdgeMas.Control.Drives;

/// <summary>How a base shall move. What its drive cannot do is 0.</summary>
/// <param name="Speed">Metres a second ahead.</param>
/// <param name="Side">Metres a second to the left, of mecanum wheels.</param>
/// <param name="TurnRate">Radians a second, left positive; not of a base that steers.</param>
/// <param name="Steering">Radians of the wheel in the middle of the front axle, left positive, of a base that steers.</param>
internal readonly record struct MotionCommand(double Speed, double Side, double TurnRate, double Steering);
