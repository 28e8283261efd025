using System.Globalization;
using EdgeMas.Simulation.Rendering;
using EdgeMas.Testing;
using EdgeMas.Vision.Pictures;
using EdgeMas.Vision.Tags;
using EdgeMas.Vision.Tests.OpenCv;

namespace EdgeMas.Vision.Tests.Tags;

public sealed class AprilTagDetectorTests
{
    public AprilTagDetectorTests() => RequiresOpenCv.Skip();

    [Theory]
    [InlineData("apriltag_33369213973_9d9bb4cc96_c", false, 11)]
    [InlineData("apriltag_34139872896_defdb2f8d9_c", false, 8)]
    [InlineData("apriltag_34085369442_304b6bafd9_c", false, 18)]
    [InlineData("apriltag_34085369442_304b6bafd9_c", true, 20)]
    public void Photographed_tags_are_read_and_no_other_id_is(string photo, bool thorough, int least)
    {
        var frame = PictureFile.Read(SharedFiles.Require($"media/{photo}.jpg"), DateTimeOffset.UnixEpoch);
        var truth = ReadCentres(SharedFiles.Require($"media/{photo}.txt"));
        using var detector = new AprilTagDetector(new AprilTagOptions { Magnification = thorough ? 3 : 2, Thorough = thorough });

        var found = detector.Observe(frame);

        // The photos show more tags of id 0 than the ground truth lists; none has another id.
        Assert.All(found, tag => Assert.Equal(0, tag.Id));
        var read = truth.Count(centre => found.Any(tag => Near(tag, centre)));
        TestContext.Current.TestOutputHelper?.WriteLine($"{read} of {truth.Count}, {found.Count} in all");
        Assert.InRange(read, least, truth.Count);
    }

    [Theory]
    [InlineData(0, 1.0, 0, 0)]
    [InlineData(3, 2.0, 15, 20)]
    [InlineData(17, 3.0, -20, -35)]
    [InlineData(29, 2.5, 5, 40)]
    [InlineData(586, 2.0, -8, 0)]
    public void A_rendered_tag_stands_where_it_was_put(int id, double metres, double bearing, double turned)
    {
        using var detector = new AprilTagDetector(new AprilTagOptions { TagSize = 0.3 });
        var direction = bearing * YardPictures.Degree;
        // Its face looks back along the camera's line of sight, turned by the angle.
        var tag = new RenderTag(id, metres * Math.Cos(direction), metres * Math.Sin(direction), 0.42, Math.PI + (turned * YardPictures.Degree), 0.3);

        var found = Assert.Single(detector.Observe(YardPictures.Take(YardPictures.Empty with { Tags = [tag] })));

        Assert.Equal(id, found.Id);
        Assert.InRange(found.Distance, metres * 0.97, metres * 1.03);
        Assert.Equal(bearing, found.Bearing / YardPictures.Degree, 0.7);
        Assert.Equal(turned, found.Yaw / YardPictures.Degree, 8.0);
    }

    [Fact]
    public void A_tag_is_reported_as_a_thing_with_its_number()
    {
        using var detector = new AprilTagDetector();
        var scene = YardPictures.Empty with { Tags = [new RenderTag(7, 3, 0.5, 0.4, Math.PI, 0.2)] };

        var found = Assert.Single(detector.Detect(YardPictures.Take(scene)));

        Assert.Equal("tag 7", found.Label);
        Assert.Equal(Math.Atan2(0.5, 3), found.Bearing, 0.02);
    }

    [Fact]
    public void A_yard_without_tags_shows_none()
    {
        using var detector = new AprilTagDetector(new AprilTagOptions { Thorough = true });

        Assert.Empty(detector.Observe(YardPictures.Take(YardPictures.With("blue", "box", 2, 0.1))));
    }

    [Theory]
    [InlineData("tag", true)]
    [InlineData("tag 3", true)]
    [InlineData("the april tag number 586", true)]
    [InlineData("tag 587", false)]
    [InlineData("tag x", false)]
    [InlineData("red ball", false)]
    public void It_knows_what_it_can_see(string thing, bool expected)
    {
        using var detector = new AprilTagDetector();

        Assert.Equal(expected, detector.CanSee(thing));
    }

    private static bool Near(TagObservation tag, (double X, double Y) centre)
    {
        var x = (tag.Corners[0] + tag.Corners[2] + tag.Corners[4] + tag.Corners[6]) / 4;
        var y = (tag.Corners[1] + tag.Corners[3] + tag.Corners[5] + tag.Corners[7]) / 4;
        return Math.Abs(x - centre.X) < 5 && Math.Abs(y - centre.Y) < 5;
    }

    /// <summary>Each line: the id, then four corners as (x y).</summary>
    private static List<(double X, double Y)> ReadCentres(string path)
    {
        var centres = new List<(double X, double Y)>();
        foreach (var line in File.ReadLines(path))
        {
            var numbers = line.Split([' ', ',', '(', ')'], StringSplitOptions.RemoveEmptyEntries).Select(text => double.Parse(text, CultureInfo.InvariantCulture)).ToArray();
            if (numbers.Length == 9)
                centres.Add(((numbers[1] + numbers[3] + numbers[5] + numbers[7]) / 4, (numbers[2] + numbers[4] + numbers[6] + numbers[8]) / 4));
        }
        return centres;
    }
}
