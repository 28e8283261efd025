using EdgeMas.Host.CommandLine;
using EdgeMas.Host.Sight;
using EdgeMas.Testing;
using EdgeMas.Vision.Neural;

namespace EdgeMas.Host.Tests.Sight;

public sealed class DetectorChoiceTests
{
    [Theory]
    [InlineData("colours", "did you mean 'colors'")]
    [InlineData("yolox", "--model")]
    public void A_detector_that_cannot_be_made_of_what_was_given_is_wrong_usage(string name, string mend)
    {
        var error = Assert.Throws<UsageException>(() => Choice(name, model: null, labels: null).Create());

        Assert.Contains(mend, error.Message);
    }

    [Fact]
    public void Labels_name_what_a_network_sees()
    {
        var model = SharedFiles.Require("models/yolox_nano.onnx");
        var labels = SharedFiles.Require("models/coco_labels.txt");

        var detector = Assert.Single(Choice("yolox", model, labels).Create());

        using (detector)
            Assert.True(detector.CanSee("stop sign"));
    }

    [Fact]
    public void Labels_that_do_not_fit_the_network_are_refused()
    {
        var model = SharedFiles.Require("models/yolox_nano.onnx");
        var labels = Path.GetTempFileName();
        try
        {
            File.WriteAllText(labels, "cat\ndog\n");

            Assert.Throws<VisionModelException>(() => Choice("yolox", model, labels).Create());
        }
        finally
        {
            File.Delete(labels);
        }
    }

    private static DetectorChoice Choice(string name, string? model, string? labels) => new([name], model, labels, 0.35, 0.2, Thorough: false);
}
