using EdgeMas.Core.Vision;
using EdgeMas.Simulation.Rendering;
using EdgeMas.Vision.Colours;
using EdgeMas.Vision.Tests.OpenCv;

namespace EdgeMas.Vision.Tests.Colours;

public sealed class ColorBlobDetectorTests : IDisposable
{
    private readonly ColorBlobDetector _detector;

    public ColorBlobDetectorTests()
    {
        RequiresOpenCv.Skip();
        _detector = new ColorBlobDetector();
    }

    public void Dispose() => _detector.Dispose();

    public static TheoryData<string, string, double, double, double> Things()
    {
        var data = new TheoryData<string, string, double, double, double>();
        string[] colours = ["red", "orange", "yellow", "green", "blue", "purple", "brown"];
        double[] distances = [2, 4, 8];
        double[] bearings = [-22, 3, 17];
        double[] headings = [0, 90, 200];
        for (var i = 0; i < colours.Length; i++)
        {
            for (var k = 0; k < 3; k++)
            {
                data.Add(colours[i], "ball", distances[k], bearings[(i + k) % 3], headings[(i + (2 * k)) % 3]);
                data.Add(colours[i], "box", distances[k], bearings[(i + (2 * k)) % 3], headings[(i + k) % 3]);
            }
        }
        return data;
    }

    [Theory]
    [MemberData(nameof(Things))]
    public void A_painted_thing_is_named_by_colour_and_shape_within_two_degrees(string colour, string shape, double metres, double bearing, double heading)
    {
        var yaw = heading * YardPictures.Degree;
        var scene = YardPictures.With(colour, shape, metres, yaw + (bearing * YardPictures.Degree));

        var found = Assert.Single(_detector.Detect(YardPictures.Take(scene, yaw)));

        Assert.Equal($"{colour} {shape}", found.Label);
        Assert.InRange(found.Confidence, 0.5, 1);
        Assert.Equal(bearing, found.Bearing / YardPictures.Degree, 2.0);
    }

    [Theory]
    [InlineData(1, 0)]
    [InlineData(1, 20)]
    [InlineData(1.5, -26)]
    [InlineData(3, 12)]
    [InlineData(5, -24)]
    [InlineData(6, 0)]
    [InlineData(7, 27)]
    [InlineData(8, -5)]
    public void The_red_ball_is_seen_from_one_to_eight_metres_with_its_bearing(double metres, double bearing)
    {
        var found = Assert.Single(_detector.Detect(YardPictures.Take(YardPictures.With("red", "ball", metres, bearing * YardPictures.Degree))));

        Assert.Equal("red ball", found.Label);
        Assert.Equal(bearing, found.Bearing / YardPictures.Degree, 0.5);
    }

    [Theory]
    [InlineData(0)]
    [InlineData(1.3)]
    [InlineData(3)]
    public void An_empty_yard_and_a_ball_behind_the_camera_show_nothing(double yaw)
    {
        Assert.Empty(_detector.Detect(YardPictures.Take(YardPictures.Empty, yaw)));
        Assert.Empty(_detector.Detect(YardPictures.Take(YardPictures.With("red", "ball", 3, yaw + Math.PI), yaw)));
    }

    [Fact]
    public void A_ball_half_hidden_by_a_box_of_another_colour_is_still_a_ball()
    {
        var scene = YardPictures.Empty with
        {
            Spheres = [new(4, 0, 0.25, 0.25, Colour.FromName("red"))],
            Boxes = [new(3, -0.25, 0.25, 0.3, 0.4, 0.5, 0, Colour.FromName("blue"))],
        };

        var found = _detector.Detect(YardPictures.Take(scene));

        Assert.Contains(found, thing => thing.Label == "blue box");
        Assert.Contains(found, thing => thing.Label == "red ball");
    }

    [Fact]
    public void A_ball_cut_by_the_edge_of_the_picture_is_still_a_ball_with_its_true_bearing()
    {
        var found = Assert.Single(_detector.Detect(YardPictures.Take(YardPictures.With("green", "ball", 2, 29 * YardPictures.Degree))));

        Assert.Equal("green ball", found.Label);
        Assert.Equal(0, found.X);
        Assert.Equal(29, found.Bearing / YardPictures.Degree, 2.0);
    }

    [Fact]
    public void The_same_picture_always_gives_the_same_answer()
    {
        var frame = YardPictures.Take(YardPictures.With("blue", "box", 3, 0.1));

        Assert.Equal(_detector.Detect(frame), _detector.Detect(frame));
    }

    [Theory]
    [InlineData("red ball", true)]
    [InlineData("the Red Balls", true)]
    [InlineData("ball", true)]
    [InlineData("boxes", true)]
    [InlineData("a green crate", true)]
    [InlineData("yellow thing", true)]
    [InlineData("tag 3", false)]
    [InlineData("red dog", false)]
    [InlineData("big red ball", false)]
    [InlineData("", false)]
    public void It_knows_what_it_can_see(string thing, bool expected) => Assert.Equal(expected, _detector.CanSee(thing));

    [Fact]
    public void A_frame_whose_buffer_is_too_short_is_refused() =>
        Assert.Throws<ArgumentException>(() => _detector.Detect(new CameraFrame(640, 360, new byte[100], default, 1)));

    [Fact]
    public void Detecting_allocates_a_small_part_of_the_picture_at_most()
    {
        var frame = YardPictures.Take(YardPictures.With("red", "ball", 3, 0));
        for (var i = 0; i < 5; i++)
            _detector.Detect(frame);
        var before = GC.GetAllocatedBytesForCurrentThread();

        for (var i = 0; i < 40; i++)
            _detector.Detect(frame);

        Assert.InRange((GC.GetAllocatedBytesForCurrentThread() - before) / 40, 0, frame.Rgb.Length / 10);
    }
}
