namespace EdgeMas.Control.Trajectory;

/// <summary>One axis at one moment.</summary>
public readonly record struct MotionPoint(double Position, double Speed, double Acceleration);
