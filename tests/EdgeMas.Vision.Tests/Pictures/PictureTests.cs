using System.Text;
using CsCheck;
using EdgeMas.Core.Vision;
using EdgeMas.Vision.Pictures;
using EdgeMas.Vision.Tests.OpenCv;

namespace EdgeMas.Vision.Tests.Pictures;

public sealed class PictureTests
{
    [Fact]
    public void A_jpeg_holds_the_picture()
    {
        RequiresOpenCv.Skip();
        var frame = YardPictures.Take(YardPictures.With("red", "ball", 2, 0));

        var jpeg = new JpegEncoder().EncodeJpeg(frame, []);
        var back = PictureFile.Decode(jpeg, "test", DateTimeOffset.UnixEpoch);

        Assert.Equal([0xFF, 0xD8], jpeg[..2]);
        Assert.Equal([0xFF, 0xD9], jpeg[^2..]);
        Assert.Equal((frame.Width, frame.Height), (back.Width, back.Height));
        var difference = frame.Rgb.Zip(back.Rgb, (one, other) => Math.Abs(one - other)).Average();
        Assert.InRange(difference, 0, 4);
    }

    [Fact]
    public void Marks_are_drawn_around_things_and_leave_the_frame_itself_alone()
    {
        RequiresOpenCv.Skip();
        var frame = YardPictures.Take(YardPictures.Empty);
        var before = frame.Rgb.ToArray();
        var mark = new Detection("red ball", 0.93, 100, 200, 50, 40, 0);

        var back = PictureFile.Decode(new JpegEncoder(100).EncodeJpeg(frame, [mark]), "test", DateTimeOffset.UnixEpoch);

        Assert.Equal(before, frame.Rgb);
        Assert.InRange(Pixel(back, 125, 200 - 3), 200, 255);
        Assert.Equal(Pixel(frame, 125, 220), Pixel(back, 125, 220), 12.0);
    }

    [Theory]
    [InlineData(-500, -500, 20, 20)]
    [InlineData(620, 340, 400, 400)]
    [InlineData(0, 0, 640, 360)]
    public void A_mark_beyond_the_picture_harms_nothing(double x, double y, double width, double height)
    {
        RequiresOpenCv.Skip();
        var mark = new Detection(new string('w', 200), 1, x, y, width, height, 0);

        Assert.NotEmpty(new JpegEncoder().EncodeJpeg(YardPictures.Take(YardPictures.Empty), [mark]));
    }

    [Fact]
    public void Ppm_pictures_come_back_as_they_were() => Gen.Select(Gen.Int[1, 20], Gen.Int[1, 20]).SelectMany((width, height) =>
        Gen.Select(Gen.Const(width), Gen.Const(height), Gen.Byte.Array[width * height * 3])).Sample((width, height, rgb) =>
    {
        var back = PpmImage.Decode(PpmImage.Encode(width, height, rgb));
        return back.Width == width && back.Height == height && back.Rgb.AsSpan().SequenceEqual(rgb);
    });

    [Theory]
    [InlineData("P6\n# by hand\n1 1\n255\nabc", true)]
    [InlineData("P6 1 1 255 ab", false)]
    [InlineData("P6 0 1 255 ", false)]
    [InlineData("P6 99999999 99999999 255 ", false)]
    [InlineData("P6 1 1 65535 abcdef", false)]
    [InlineData("P6 one", false)]
    [InlineData("P6", false)]
    [InlineData("P6 # no end", false)]
    [InlineData("P5 1 1 255 a", false)]
    public void A_ppm_is_read_or_refused_with_the_place(string file, bool good)
    {
        var bytes = Encoding.ASCII.GetBytes(file);
        if (good)
            Assert.Equal("abc"u8.ToArray(), PpmImage.Decode(bytes).Rgb);
        else
            Assert.Contains("PPM", Assert.Throws<FormatException>(() => PpmImage.Decode(bytes)).Message);
    }

    [Fact]
    public void Any_bytes_at_all_are_read_or_refused() => Gen.Byte.Array[0, 60].Sample(bytes =>
    {
        try
        {
            PpmImage.Decode([.. "P6 "u8, .. bytes]);
        }
        catch (FormatException)
        {
            // refused with its place
        }
    });

    [Fact]
    public void A_file_that_is_no_picture_is_refused_by_name()
    {
        RequiresOpenCv.Skip();

        Assert.Contains("letter.txt", Assert.Throws<FormatException>(() => PictureFile.Decode("dear all"u8.ToArray(), "letter.txt", default)).Message);
    }

    private static double Pixel(CameraFrame frame, int x, int y) => frame.Rgb.AsSpan(((y * frame.Width) + x) * 3, 3).ToArray().Average(value => (double)value);
}
