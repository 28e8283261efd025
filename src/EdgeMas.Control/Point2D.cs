namespace EdgeMas.Control;

/// <summary>A point on the plane, in metres.</summary>
public readonly record struct Point2D(double X, double Y);
