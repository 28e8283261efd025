using EdgeMas.Core.Vision;
using EdgeMas.Host.CommandLine;
using EdgeMas.Host.Configuration;
using EdgeMas.Vision.Colours;
using EdgeMas.Vision.Neural;
using EdgeMas.Vision.Tags;

namespace EdgeMas.Host.Sight;

/// <summary>Detectors by the names that people write.</summary>
/// <param name="Model">Of yolox: an ONNX file.</param>
/// <param name="Labels">Of yolox: a file with the network's labels, one a line, in its order; null for COCO's eighty.</param>
/// <param name="TagSize">Side of the AprilTags' black square, metres.</param>
/// <param name="Thorough">Pictures that do not move are worth more time.</param>
internal sealed record DetectorChoice(IReadOnlyList<string> Names, string? Model, string? Labels, double MinConfidence, double TagSize, bool Thorough)
{
    private const int MaxLabels = 10_000;
    private static readonly string[] Known = ["colors", "apriltags", "yolox"];

    /// <exception cref="UsageException">A name that is none, or a network without its file.</exception>
    /// <exception cref="PlatformNotSupportedException">OpenCV does not work here and a chosen detector needs it.</exception>
    /// <exception cref="VisionModelException">The network cannot be used.</exception>
    public IReadOnlyList<IObjectDetector> Create()
    {
        if (Names.FirstOrDefault(name => !Known.Contains(name, StringComparer.Ordinal)) is { } unknown)
            throw new UsageException($"edgemas: '{unknown}' is not a detector: write {string.Join(", ", Known)}{Section.DidYouMean(unknown, Known)}");
        if (Names.Contains("yolox") && Model is null)
            throw new UsageException("edgemas: yolox needs its network: add --model yolox_nano.onnx");
        var detectors = new List<IObjectDetector>();
        try
        {
            foreach (var name in Names.Distinct(StringComparer.Ordinal))
                detectors.Add(Create(name));
            return detectors;
        }
        catch
        {
            detectors.ForEach(detector => detector.Dispose());
            throw;
        }
    }

    private IObjectDetector Create(string name) => name switch
    {
        "colors" => new ColorBlobDetector(new ColorBlobOptions { MinConfidence = MinConfidence }),
        "apriltags" => new AprilTagDetector(new AprilTagOptions { TagSize = TagSize, Thorough = Thorough }),
        _ => new YoloxDetector(Model!, new YoloxOptions { MinConfidence = MinConfidence, Labels = Labels is null ? CocoLabels.All : ReadLabels(Labels) }),
    };

    private static string[] ReadLabels(string file)
    {
        string[] labels = [.. File.ReadLines(file).Take(MaxLabels + 1).Select(line => line.Trim()).Where(line => line.Length > 0)];
        return labels.Length is > 0 and <= MaxLabels ? labels : throw new UsageException($"edgemas: {file}: expected 1 to {MaxLabels:N0} labels, one a line");
    }
}
