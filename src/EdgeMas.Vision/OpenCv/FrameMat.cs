using EdgeMas.Core.Vision;
using OpenCvSharp;

namespace EdgeMas.Vision.OpenCv;

internal static class FrameMat
{
    /// <summary>A frame's own bytes as a matrix: nothing is copied, and the buffer stays where it is until the matrix is disposed. Not to be written to.</summary>
    /// <exception cref="ArgumentException">The buffer does not hold what the frame says.</exception>
    public static Mat Of(CameraFrame frame)
    {
        if (frame.Width < 1 || frame.Height < 1 || frame.Rgb.Length != frame.Width * frame.Height * 3)
            throw new ArgumentException($"a picture of {frame.Width} × {frame.Height} cannot be in {frame.Rgb.Length:N0} bytes", nameof(frame));
        return Mat.FromPixelData(frame.Height, frame.Width, MatType.CV_8UC3, frame.Rgb);
    }
}
