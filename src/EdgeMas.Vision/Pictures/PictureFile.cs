using EdgeMas.Core.Vision;
using EdgeMas.Vision.OpenCv;
using OpenCvSharp;

namespace EdgeMas.Vision.Pictures;

/// <summary>Reads a picture from a file as if a camera had taken it. PPM needs nothing; JPEG, PNG and others need OpenCV.</summary>
public static class PictureFile
{
    /// <summary>Larger files are refused.</summary>
    public const long MaxBytes = 256L << 20;

    /// <param name="horizontalFieldOfView">Of the camera that took it, radians.</param>
    /// <exception cref="FormatException">The file is no picture that can be read here; the message says why.</exception>
    /// <exception cref="IOException">The file cannot be read.</exception>
    public static CameraFrame Read(string path, DateTimeOffset time, double horizontalFieldOfView = Math.PI / 3)
    {
        var length = new FileInfo(path).Length;
        if (length > MaxBytes)
            throw new FormatException($"{path}: {length:N0} bytes; pictures up to {MaxBytes:N0} are read");
        return Decode(File.ReadAllBytes(path), path, time, horizontalFieldOfView);
    }

    /// <param name="name">For messages.</param>
    /// <exception cref="FormatException">Not a picture that can be read here; the message says why.</exception>
    public static CameraFrame Decode(byte[] file, string name, DateTimeOffset time, double horizontalFieldOfView = Math.PI / 3)
    {
        if (file.AsSpan().StartsWith("P6"u8))
        {
            try
            {
                var (width, height, rgb) = PpmImage.Decode(file);
                return new CameraFrame(width, height, rgb, time, horizontalFieldOfView);
            }
            catch (FormatException error)
            {
                throw new FormatException($"{name}: {error.Message}", error);
            }
        }
        if (!OpenCvRuntime.TryLoad(out var reason))
            throw new FormatException($"{name}: only PPM pictures can be read here, because {reason}");
        return DecodeWithOpenCv(file, name, time, horizontalFieldOfView);
    }

    private static CameraFrame DecodeWithOpenCv(byte[] file, string name, DateTimeOffset time, double horizontalFieldOfView)
    {
        using var bgr = file.Length == 0 ? new Mat() : Cv2.ImDecode(file, ImreadModes.Color);
        if (bgr.Empty())
            throw new FormatException($"{name}: {file.Length:N0} bytes that are no picture, or of a kind that OpenCV does not read");
        var (width, height) = (bgr.Width, bgr.Height);
        var rgb = new byte[width * height * 3];
        using var target = Mat.FromPixelData(height, width, MatType.CV_8UC3, rgb);
        Cv2.CvtColor(bgr, target, ColorConversionCodes.BGR2RGB);
        return new CameraFrame(width, height, rgb, time, horizontalFieldOfView);
    }
}
