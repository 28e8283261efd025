using EdgeMas.Simulation.Rendering;

namespace EdgeMas.Simulation.Tests.Rendering;

/// <summary>A rendered picture and what is in it, by colour alone.</summary>
internal sealed class Picture
{
    internal const int Width = 320;
    internal const int Height = 240;
    internal const double FieldOfView = 1.2;

    /// <summary>A level camera at the world's origin, 0.5 m above the ground, that looks along x.</summary>
    internal static readonly CameraPose Level = new(0, 0, 0.5, 0, 0);

    /// <summary>Pixels per unit of slope: the pinhole model's focal length.</summary>
    internal static readonly double Focal = Width / 2.0 / Math.Tan(FieldOfView / 2);

    internal byte[] Rgb { get; } = new byte[Width * Height * 3];

    internal static Picture Of(RenderScene scene, CameraPose? pose = null)
    {
        var picture = new Picture();
        new SceneRenderer(Width, Height, FieldOfView).Render(scene, pose ?? Level, picture.Rgb);
        return picture;
    }

    internal (byte Red, byte Green, byte Blue) At(int x, int y) => (Rgb[Index(x, y)], Rgb[Index(x, y) + 1], Rgb[Index(x, y) + 2]);

    internal double Brightness(int x, int y) => (Rgb[Index(x, y)] + Rgb[Index(x, y) + 1] + Rgb[Index(x, y) + 2]) / 3.0;

    /// <summary>Where the red pixels are: the middle of the rectangle around them and its size, in pixels; null where there are none.</summary>
    internal (double X, double Y, double Width, double Height)? Red()
    {
        var (left, top, right, bottom) = (int.MaxValue, int.MaxValue, int.MinValue, int.MinValue);
        for (var y = 0; y < Height; y++)
        {
            for (var x = 0; x < Width; x++)
            {
                var (red, green, blue) = At(x, y);
                if (red > 25 && red > 2 * green && red > 2 * blue)
                    (left, top, right, bottom) = (Math.Min(left, x), Math.Min(top, y), Math.Max(right, x), Math.Max(bottom, y));
            }
        }
        return right < left ? null : ((left + right + 1) / 2.0, (top + bottom + 1) / 2.0, right - left + 1, bottom - top + 1);
    }

    private static int Index(int x, int y) => 3 * ((y * Width) + x);
}
