using EdgeMas.Core.Vision;

namespace EdgeMas.Vision.Neural;

/// <summary>Fits pictures of any size into a network's square input: shrunk or enlarged without distortion, in the top left corner, grey around.</summary>
/// <remarks>Plain code without OpenCV, so that it gives the same bits on every processor. Allocates only when the picture's size changes. One thread.</remarks>
internal sealed class Letterbox(int side)
{
    private const float Grey = 114f;

    private int[] _left = [];
    private float[] _share = [];
    private int _width;
    private int _height;

    /// <summary>Input pixels per picture pixel, of the last picture.</summary>
    public double Scale { get; private set; }

    /// <summary>Writes blue, green and red planes of side × side, 0 to 255; bilinear between pixel middles.</summary>
    public void Fill(CameraFrame frame, Span<float> planes)
    {
        if (frame.Width != _width || frame.Height != _height)
            Fit(frame.Width, frame.Height, planes);
        var (wide, high) = (_left.Length, (int)(frame.Height * Scale));
        var rgb = frame.Rgb;
        var area = side * side;
        for (var y = 0; y < high; y++)
        {
            var (top, below) = Locate(y, frame.Height);
            var upper = top * frame.Width;
            var lower = Math.Min(top + 1, frame.Height - 1) * frame.Width;
            for (var x = 0; x < wide; x++)
            {
                var first = _left[x];
                var second = Math.Min(first + 1, frame.Width - 1);
                var across = _share[x];
                var at = (y * side) + x;
                for (var channel = 0; channel < 3; channel++)
                {
                    float a = rgb[((upper + first) * 3) + channel], b = rgb[((upper + second) * 3) + channel];
                    float c = rgb[((lower + first) * 3) + channel], d = rgb[((lower + second) * 3) + channel];
                    var over = a + ((b - a) * across);
                    var under = c + ((d - c) * across);
                    planes[((2 - channel) * area) + at] = over + ((under - over) * below);
                }
            }
        }
    }

    private void Fit(int width, int height, Span<float> planes)
    {
        (_width, _height) = (width, height);
        Scale = Math.Min((double)side / width, (double)side / height);
        planes.Fill(Grey);
        var wide = Math.Max(1, (int)(width * Scale));
        _left = new int[wide];
        _share = new float[wide];
        for (var x = 0; x < wide; x++)
            (_left[x], _share[x]) = Locate(x, width);
    }

    /// <summary>The pixel before a place in the input, and how far on towards the next.</summary>
    private (int Pixel, float Share) Locate(int input, int count)
    {
        var place = Math.Clamp(((input + 0.5) / Scale) - 0.5, 0, count - 1);
        var pixel = (int)place;
        return (pixel, (float)(place - pixel));
    }
}
