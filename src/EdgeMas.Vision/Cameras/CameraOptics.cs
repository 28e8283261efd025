using EdgeMas.Core.Vision;

namespace EdgeMas.Vision.Cameras;

/// <summary>Angles of a picture's pixels, for a lens without distortion. Pixel edges are whole numbers, their middles halves.</summary>
internal static class CameraOptics
{
    /// <summary>Pixels per unit of slope, the same in both directions.</summary>
    public static double FocalLength(CameraFrame frame) => frame.Width / 2.0 / Math.Tan(frame.HorizontalFieldOfView / 2);

    /// <returns>Radians, left positive.</returns>
    public static double Bearing(CameraFrame frame, double column) => Math.Atan(((frame.Width / 2.0) - column) / FocalLength(frame));
}
