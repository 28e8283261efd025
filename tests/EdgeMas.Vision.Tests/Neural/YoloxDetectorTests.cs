using EdgeMas.Core.Vision;
using EdgeMas.Testing;
using EdgeMas.Vision.Neural;
using EdgeMas.Vision.Pictures;
using EdgeMas.Vision.Tests.OpenCv;

namespace EdgeMas.Vision.Tests.Neural;

public sealed class YoloxDetectorTests
{
    [Fact]
    public void The_dog_the_bicycle_and_the_truck_are_found_where_they_are()
    {
        RequiresOpenCv.Skip();
        using var detector = new YoloxDetector(SharedFiles.Require("models/yolox_nano.onnx"));
        var frame = PictureFile.Read(SharedFiles.Require("media/dog.jpg"), DateTimeOffset.UnixEpoch);

        var found = detector.Detect(frame);

        // Boxes read off the picture by eye: left, top, right, bottom.
        Assert.Contains(found, thing => thing.Label == "dog" && Overlap(thing, 130, 220, 312, 540) > 0.75);
        Assert.Contains(found, thing => thing.Label == "bicycle" && Overlap(thing, 120, 125, 568, 420) > 0.6);
        Assert.Contains(found, thing => thing.Label is "truck" or "car" && Overlap(thing, 468, 75, 692, 170) > 0.7);
        Assert.All(found, thing => Assert.InRange(thing.Confidence, 0.3, 1));
    }

    [Fact]
    public void A_picture_read_from_ppm_gives_the_same_answers_as_the_frame_it_came_from()
    {
        RequiresOpenCv.Skip();
        using var detector = new YoloxDetector(SharedFiles.Require("models/yolox_nano.onnx"), new YoloxOptions { Threads = 1 });
        var frame = PictureFile.Read(SharedFiles.Require("media/dog.jpg"), DateTimeOffset.UnixEpoch);

        var first = detector.Detect(frame);
        var again = detector.Detect(PictureFile.Decode(PpmImage.Encode(frame.Width, frame.Height, frame.Rgb), "dog.ppm", DateTimeOffset.UnixEpoch));

        Assert.Equal(first, again);
    }

    [Fact]
    public void Pictures_of_other_shapes_follow_each_other_without_traces()
    {
        using var detector = new YoloxDetector(SharedFiles.Require("models/yolox_nano.onnx"), new YoloxOptions { Threads = 1 });
        var wide = YardPictures.Take(YardPictures.With("orange", "ball", 1.5, 0));
        var tall = new CameraFrame(90, 400, new byte[90 * 400 * 3], DateTimeOffset.UnixEpoch, 1);

        var first = detector.Detect(wide);
        detector.Detect(tall);

        Assert.Equal(first, detector.Detect(wide));
    }

    [Fact]
    public void A_frame_allocates_little_beyond_its_detections()
    {
        using var detector = new YoloxDetector(SharedFiles.Require("models/yolox_nano.onnx"), new YoloxOptions { Threads = 1 });
        var frame = YardPictures.Take(YardPictures.Empty);
        detector.Detect(frame);
        detector.Detect(frame);

        var before = GC.GetAllocatedBytesForCurrentThread();
        detector.Detect(frame);

        Assert.InRange(GC.GetAllocatedBytesForCurrentThread() - before, 0, 4_000);
    }

    [Theory]
    [InlineData("dogs", true)]
    [InlineData("a person", true)]
    [InlineData("people", true)]
    [InlineData("ball", true)]
    [InlineData("red ball", false)]
    [InlineData("dragon", false)]
    public void It_knows_what_it_can_see(string thing, bool expected)
    {
        using var detector = new YoloxDetector(SharedFiles.Require("models/yolox_nano.onnx"));

        Assert.Equal(expected, detector.CanSee(thing));
    }

    [Fact]
    public void A_missing_model_is_named() =>
        Assert.Contains("nowhere.onnx: no such file", Assert.Throws<VisionModelException>(() => new YoloxDetector("nowhere.onnx")).Message);

    [Fact]
    public void A_file_that_is_no_network_is_named()
    {
        var path = Path.GetTempFileName();
        try
        {
            File.WriteAllText(path, "not a network");

            Assert.Contains(path, Assert.Throws<VisionModelException>(() => new YoloxDetector(path)).Message);
        }
        finally
        {
            File.Delete(path);
        }
    }

    [Fact]
    public void A_network_of_another_kind_is_refused() =>
        Assert.Throws<VisionModelException>(() => new YoloxDetector(SharedFiles.Require("models/FastestDet.onnx")));

    private static double Overlap(Detection thing, double left, double top, double right, double bottom)
    {
        var width = Math.Min(right, thing.X + thing.Width) - Math.Max(left, thing.X);
        var height = Math.Min(bottom, thing.Y + thing.Height) - Math.Max(top, thing.Y);
        if (width <= 0 || height <= 0)
            return 0;
        return width * height / (((right - left) * (bottom - top)) + (thing.Width * thing.Height) - (width * height));
    }
}
