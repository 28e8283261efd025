namespace EdgeMas.Core.Motion;

/// <summary>How a body is turned against the world: a unit quaternion that takes the body's directions to the world's.</summary>
/// <remarks>Source of the formulas: J. Kuipers, Quaternions and Rotation Sequences, 1999.</remarks>
public readonly record struct Attitude(double W, double X, double Y, double Z)
{
    public static Attitude Level { get; } = new(1, 0, 0, 0);

    /// <summary>Radians about the world's z axis, counter-clockwise.</summary>
    public double Yaw => Math.Atan2(2 * ((W * Z) + (X * Y)), 1 - (2 * ((Y * Y) + (Z * Z))));

    /// <summary>Radians between the body's z axis and the vertical.</summary>
    public double Tilt => Math.Acos(Math.Clamp(1 - (2 * ((X * X) + (Y * Y))), -1, 1));

    /// <summary>The body's z axis in the world.</summary>
    public Vector3D Up => new(2 * ((X * Z) + (W * Y)), 2 * ((Y * Z) - (W * X)), 1 - (2 * ((X * X) + (Y * Y))));

    public bool IsFinite => double.IsFinite(W + X + Y + Z);

    public static Attitude FromYaw(double yaw) => new(Math.Cos(yaw / 2), 0, 0, Math.Sin(yaw / 2));

    /// <summary>The attitude whose z axis is <paramref name="up"/> and whose x axis points, seen from above, to the yaw.</summary>
    /// <param name="up">Of length 1, not level.</param>
    public static Attitude FromUp(in Vector3D up, double yaw)
    {
        // the shortest turn from the vertical to up, after the yaw
        var lean = new Attitude(1 + up.Z, -up.Y, up.X, 0).Normalized();
        var leaned = lean * FromYaw(yaw);
        return leaned * FromYaw(yaw - leaned.Yaw); // leaning turned the nose a little
    }

    /// <summary>First <paramref name="b"/>, then <paramref name="a"/>.</summary>
    public static Attitude operator *(in Attitude a, in Attitude b) => new(
        (a.W * b.W) - (a.X * b.X) - (a.Y * b.Y) - (a.Z * b.Z),
        (a.W * b.X) + (a.X * b.W) + (a.Y * b.Z) - (a.Z * b.Y),
        (a.W * b.Y) - (a.X * b.Z) + (a.Y * b.W) + (a.Z * b.X),
        (a.W * b.Z) + (a.X * b.Y) - (a.Y * b.X) + (a.Z * b.W));

    public Attitude Inverse() => new(W, -X, -Y, -Z);

    public Vector3D ToWorld(in Vector3D body)
    {
        var axis = new Vector3D(X, Y, Z);
        var cross = 2 * Vector3D.Cross(axis, body);
        return body + (W * cross) + Vector3D.Cross(axis, cross);
    }

    public Vector3D ToBody(in Vector3D world) => Inverse().ToWorld(world);

    /// <summary>After turning for a while at a rate given in the body's axes, radians a second.</summary>
    public Attitude Turned(in Vector3D rate, double seconds)
    {
        var half = rate * (seconds / 2);
        var angle = half.Length;
        var share = angle < 1e-9 ? 1 : Math.Sin(angle) / angle;
        return (this * new Attitude(Math.Cos(angle), half.X * share, half.Y * share, half.Z * share)).Normalized();
    }

    public Attitude Normalized()
    {
        var length = Math.Sqrt((W * W) + (X * X) + (Y * Y) + (Z * Z));
        return length > 0 ? new Attitude(W / length, X / length, Y / length, Z / length) : Level;
    }
}
