using EdgeMas.Core.Vision;
using EdgeMas.Vision.Cameras;
using OpenCvSharp;

namespace EdgeMas.Vision.Tags;

/// <summary>From a square's four corners in the picture to its place.</summary>
/// <remarks>Source: T. Collins, A. Bartoli, "Infinitesimal plane-based pose estimation", IJCV 109, 2014, as OpenCV implements it.</remarks>
internal static class TagPose
{
    /// <param name="size">Side of the square, metres.</param>
    /// <returns>Null when no pose explains the corners.</returns>
    public static TagObservation? TryFind(int id, Point2f[] corners, double size, CameraFrame frame)
    {
        var half = (float)(size / 2);
        Point3f[] square = [new(-half, half, 0), new(half, half, 0), new(half, -half, 0), new(-half, -half, 0)];
        var focal = CameraOptics.FocalLength(frame);
        var camera = new double[,] { { focal, 0, frame.Width / 2.0 }, { 0, focal, frame.Height / 2.0 }, { 0, 0, 1 } };
        var turn = new double[3];
        var place = new double[3];
        Cv2.SolvePnP(square, corners, camera, [0, 0, 0, 0], ref turn, ref place, useExtrinsicGuess: false, SolvePnPMethod.IPPE_SQUARE);
        var (x, y, z) = (place[0], place[1], place[2]);
        if (!(z > 0) || !double.IsFinite(x + y + z))
            return null;
        var (outX, outZ) = Normal(turn);
        // The camera's z leads ahead and its x to the right: seen from above, left is -x. A tag that looks straight back has its normal at pi.
        var yaw = Math.IEEERemainder(Math.Atan2(-outX, outZ) - Math.PI, Math.Tau);
        return new TagObservation(
            id, Math.Sqrt((x * x) + (y * y) + (z * z)), Math.Atan2(-x, z), yaw, [.. corners.SelectMany(corner => new[] { (double)corner.X, corner.Y })]);
    }

    /// <summary>Where a turn (axis times angle) brings the square's normal: Rodrigues' formula for the vector (0, 0, 1).</summary>
    private static (double X, double Z) Normal(double[] turn)
    {
        var angle = Math.Sqrt((turn[0] * turn[0]) + (turn[1] * turn[1]) + (turn[2] * turn[2]));
        if (angle < 1e-9)
            return (0, 1);
        var (kx, ky, kz) = (turn[0] / angle, turn[1] / angle, turn[2] / angle);
        var (sin, cos) = Math.SinCos(angle);
        return ((ky * sin) + (kx * kz * (1 - cos)), cos + (kz * kz * (1 - cos)));
    }
}
