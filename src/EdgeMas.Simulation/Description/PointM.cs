namespace EdgeMas.Simulation.Description;

/// <summary>A point on the ground, in metres: x to the east, y to the north.</summary>
public readonly record struct PointM(double X, double Y)
{
    public double DistanceTo(PointM other) => Math.Sqrt(((X - other.X) * (X - other.X)) + ((Y - other.Y) * (Y - other.Y)));
}
