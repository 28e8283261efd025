using System.Numerics;

namespace EdgeMas.Simulation.Rendering;

/// <summary>A pinhole camera in place: pixels to rays and back.</summary>
internal readonly struct Lens
{
    private const float NearPlane = 0.02f;

    private readonly float _centreX;
    private readonly float _centreY;

    public Lens(in CameraPose pose, int width, int height, double horizontalFieldOfView)
    {
        var (sinYaw, cosYaw) = MathF.SinCos((float)pose.Yaw);
        var (sinPitch, cosPitch) = MathF.SinCos((float)pose.Pitch);
        Eye = new Vector3((float)pose.X, (float)pose.Y, (float)pose.Z);
        Forward = new Vector3(cosPitch * cosYaw, cosPitch * sinYaw, sinPitch);
        Left = new Vector3(-sinYaw, cosYaw, 0f);
        Up = Vector3.Cross(Forward, Left);
        Focal = width / 2f / MathF.Tan((float)horizontalFieldOfView / 2f);
        _centreX = width / 2f;
        _centreY = height / 2f;
    }

    public Vector3 Eye { get; }

    public Vector3 Forward { get; }

    public Vector3 Left { get; }

    public Vector3 Up { get; }

    /// <summary>Pixels per unit of slope.</summary>
    public float Focal { get; }

    /// <summary>A ray whose length counts depth along the line of sight: multiplied by a depth it leads from the eye to that depth.</summary>
    public Vector3 Ray(float column, float row) => Forward + (Left * ((_centreX - column) / Focal)) + (Up * ((_centreY - row) / Focal));

    /// <summary>Widens a rectangle of pixels to hold a point of the world.</summary>
    /// <returns>False when the point is beside or behind the eye, where it has no pixel.</returns>
    public bool Cover(Vector3 point, ref Vector4 rectangle)
    {
        var offset = point - Eye;
        var depth = Vector3.Dot(offset, Forward);
        if (depth < NearPlane)
            return false;
        var column = _centreX - (Focal * Vector3.Dot(offset, Left) / depth);
        var row = _centreY - (Focal * Vector3.Dot(offset, Up) / depth);
        rectangle = new Vector4(
            MathF.Min(rectangle.X, column), MathF.Min(rectangle.Y, row), MathF.Max(rectangle.Z, column), MathF.Max(rectangle.W, row));
        return true;
    }
}
