namespace EdgeMas.Core.Motion;

/// <summary>A point or direction in space. In the world x and y span the ground and z points up; in a body x points ahead, y to the left, z up.</summary>
public readonly record struct Vector3D(double X, double Y, double Z)
{
    public double Length => Math.Sqrt((X * X) + (Y * Y) + (Z * Z));

    /// <summary>Of the part on the ground plane.</summary>
    public double HorizontalLength => Math.Sqrt((X * X) + (Y * Y));

    public bool IsFinite => double.IsFinite(X + Y + Z);

    public static Vector3D operator +(in Vector3D a, in Vector3D b) => new(a.X + b.X, a.Y + b.Y, a.Z + b.Z);

    public static Vector3D operator -(in Vector3D a, in Vector3D b) => new(a.X - b.X, a.Y - b.Y, a.Z - b.Z);

    public static Vector3D operator *(in Vector3D a, double factor) => new(a.X * factor, a.Y * factor, a.Z * factor);

    public static Vector3D operator *(double factor, in Vector3D a) => a * factor;

    public static double Dot(in Vector3D a, in Vector3D b) => (a.X * b.X) + (a.Y * b.Y) + (a.Z * b.Z);

    public static Vector3D Cross(in Vector3D a, in Vector3D b) => new((a.Y * b.Z) - (a.Z * b.Y), (a.Z * b.X) - (a.X * b.Z), (a.X * b.Y) - (a.Y * b.X));

    /// <summary>Of length 1; zero stays zero.</summary>
    public Vector3D Normalized() => Length is > 0 and var length ? this * (1 / length) : this;
}
