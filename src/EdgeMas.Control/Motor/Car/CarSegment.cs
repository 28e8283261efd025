using EdgeMas.Core.Motion;

namespace EdgeMas.Control.Motor.Car;

/// <summary>A piece of a car's way with one curvature, driven in one direction.</summary>
/// <param name="Length">Metres, backwards negative.</param>
/// <param name="Curvature">1/m, left positive; 0 for straight.</param>
internal readonly record struct CarSegment(Pose2D From, double Length, double Curvature)
{
    internal Pose2D End => At(Length);

    /// <param name="length">Metres from the beginning, backwards negative.</param>
    internal Pose2D At(double length)
    {
        var (sin, cos) = Math.SinCos(From.Heading);
        if (Curvature == 0)
            return From with { X = From.X + (length * cos), Y = From.Y + (length * sin) };
        var heading = From.Heading + (length * Curvature);
        var (endSin, endCos) = Math.SinCos(heading);
        return new Pose2D(From.X + ((endSin - sin) / Curvature), From.Y + ((cos - endCos) / Curvature), Angles.Wrap(heading));
    }
}
