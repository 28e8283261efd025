using System.Globalization;
using System.Text;

namespace EdgeMas.Vision.Pictures;

/// <summary>
/// Pictures as binary PPM files: readable without any native library, so that a detector can be tried where OpenCV is not.
/// </summary>
/// <remarks>Source: the Netpbm project's description of the format, https://netpbm.sourceforge.net/doc/ppm.html.</remarks>
public static class PpmImage
{
    /// <summary>Larger pictures are refused.</summary>
    public const int MaxPixels = 64_000_000;

    /// <returns>Width and height in pixels, and width × height × 3 bytes, rows from the top, red first.</returns>
    /// <exception cref="FormatException">Not a binary PPM of 8 bits a channel, or cut short; the message says at which byte.</exception>
    public static (int Width, int Height, byte[] Rgb) Decode(ReadOnlySpan<byte> file)
    {
        if (!file.StartsWith("P6"u8))
            throw new FormatException("not a binary PPM picture: it does not begin with P6");
        var at = 2;
        var width = ReadNumber(file, ref at, "width");
        var height = ReadNumber(file, ref at, "height");
        var most = ReadNumber(file, ref at, "greatest value");
        if (most != 255)
            throw new FormatException($"PPM, byte {at}: the greatest value is {most}; only 255 is read");
        if (width < 1 || height < 1 || (long)width * height > MaxPixels)
            throw new FormatException($"PPM, byte {at}: {width} × {height} pixels; 1 to {MaxPixels:N0} are read");
        at++; // the one white space that ends the header
        var bytes = width * height * 3;
        if (file.Length - at < bytes)
            throw new FormatException($"PPM: {bytes:N0} bytes of pixels announced, {Math.Max(0, file.Length - at):N0} there");
        return (width, height, file.Slice(at, bytes).ToArray());
    }

    public static byte[] Encode(int width, int height, ReadOnlySpan<byte> rgb)
    {
        if (rgb.Length != width * height * 3)
            throw new ArgumentException($"a picture of {width} × {height} cannot be in {rgb.Length:N0} bytes", nameof(rgb));
        var header = Encoding.ASCII.GetBytes(string.Create(CultureInfo.InvariantCulture, $"P6\n{width} {height}\n255\n"));
        var file = new byte[header.Length + rgb.Length];
        header.CopyTo(file, 0);
        rgb.CopyTo(file.AsSpan(header.Length));
        return file;
    }

    private static int ReadNumber(ReadOnlySpan<byte> file, ref int at, string what)
    {
        while (at < file.Length && (char.IsWhiteSpace((char)file[at]) || file[at] == '#'))
        {
            if (file[at] == '#')
                at += Math.Max(0, file[at..].IndexOf((byte)'\n'));
            at++;
        }
        var start = at;
        var value = 0;
        while (at < file.Length && file[at] is >= (byte)'0' and <= (byte)'9' && at - start < 9)
            value = (value * 10) + (file[at++] - '0');
        return at > start && at < file.Length && char.IsWhiteSpace((char)file[at])
            ? value
            : throw new FormatException($"PPM, byte {start}: expected the {what}");
    }
}
