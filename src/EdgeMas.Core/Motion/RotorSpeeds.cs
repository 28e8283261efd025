namespace EdgeMas.Core.Motion;

/// <summary>
/// Radians a second, 0 or above, of a quadrotor's four rotors. Front left and back right turn clockwise seen from above, and so push the body counter-clockwise; the other two the other way.
/// </summary>
public readonly record struct RotorSpeeds(double FrontLeft, double FrontRight, double BackLeft, double BackRight);
