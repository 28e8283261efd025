using System.Globalization;
using EdgeMas.Core.Vision;
using EdgeMas.Vision.OpenCv;
using OpenCvSharp;

namespace EdgeMas.Vision.Pictures;

/// <summary>JPEG through OpenCV. Any thread.</summary>
public sealed class JpegEncoder : IImageEncoder
{
    private readonly ImageEncodingParam[] _parameters;

    /// <param name="quality">1 to 100.</param>
    /// <exception cref="PlatformNotSupportedException">OpenCV does not work here; see <see cref="OpenCvRuntime"/>.</exception>
    public JpegEncoder(int quality = 90)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(quality, 1);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(quality, 100);
        OpenCvRuntime.Require();
        _parameters = [new ImageEncodingParam(ImwriteFlags.JpegQuality, quality)];
    }

    public byte[] EncodeJpeg(CameraFrame frame, IReadOnlyList<Detection> marks)
    {
        using var rgb = FrameMat.Of(frame);
        using var bgr = new Mat();
        Cv2.CvtColor(rgb, bgr, ColorConversionCodes.RGB2BGR);
        for (var i = 0; i < marks.Count; i++)
            Draw(bgr, frame, marks[i]);
        Cv2.ImEncode(".jpg", bgr, out var bytes, _parameters);
        return bytes;
    }

    /// <summary>White on black, which no coloured thing is mistaken for.</summary>
    private static void Draw(Mat picture, CameraFrame frame, Detection mark)
    {
        const int margin = 3;
        var left = (int)Math.Clamp(mark.X - margin, 0, frame.Width - 1);
        var top = (int)Math.Clamp(mark.Y - margin, 0, frame.Height - 1);
        var right = (int)Math.Clamp(mark.X + mark.Width + margin, left, frame.Width - 1);
        var bottom = (int)Math.Clamp(mark.Y + mark.Height + margin, top, frame.Height - 1);
        Cv2.Rectangle(picture, new Point(left, top), new Point(right, bottom), Scalar.Black, 3);
        Cv2.Rectangle(picture, new Point(left, top), new Point(right, bottom), Scalar.White, 1);

        var text = string.Create(CultureInfo.InvariantCulture, $"{mark.Label} {mark.Confidence:0.00}");
        var size = Cv2.GetTextSize(text, HersheyFonts.HersheySimplex, 0.42, 1, out var baseline);
        var x = Math.Clamp(left, 0, Math.Max(0, frame.Width - size.Width - 6));
        var y = top - size.Height - baseline - 4 >= 0 ? top - size.Height - baseline - 4 : Math.Min(bottom + 2, Math.Max(0, frame.Height - size.Height - baseline - 4));
        Cv2.Rectangle(picture, new Rect(x, y, size.Width + 6, size.Height + baseline + 3), Scalar.Black, -1);
        Cv2.PutText(picture, text, new Point(x + 3, y + size.Height + 2), HersheyFonts.HersheySimplex, 0.42, Scalar.White, 1, LineTypes.AntiAlias);
    }
}
