using System.Globalization;
using EdgeMas.Core.Vision;
using EdgeMas.Vision.OpenCv;
using EdgeMas.Vision.Things;
using OpenCvSharp;
using OpenCvSharp.Aruco;

namespace EdgeMas.Vision.Tags;

/// <summary>Reads AprilTags of the family 36h11 with OpenCV's ArUco module and tells where they stand.</summary>
/// <remarks>
/// Calls do not overlap. A code with even one wrong bit is refused: on the photos tried, correction added no tag, and a false id misleads a robot.
/// Sources: E. Olson, "AprilTag", ICRA 2011; S. Garrido-Jurado et al., "Automatic generation and detection of highly reliable fiducial markers", 2014.
/// </remarks>
public sealed class AprilTagDetector : IObjectDetector
{
    private readonly AprilTagOptions _options;
    private readonly Dictionary _dictionary;
    private readonly ArucoDetector _detector;
    private readonly ArucoDetector? _second;
    private readonly Mat _grey = OpenCvRuntime.NewMat();
    private readonly Mat _large = OpenCvRuntime.NewMat();
    private readonly Mat _blurred = OpenCvRuntime.NewMat();

    /// <exception cref="PlatformNotSupportedException">OpenCV does not work here; see <see cref="OpenCvRuntime"/>.</exception>
    public AprilTagDetector(AprilTagOptions? options = null)
    {
        _options = options ?? new AprilTagOptions();
        ArgumentOutOfRangeException.ThrowIfLessThanOrEqual(_options.TagSize, 0, nameof(options));
        ArgumentOutOfRangeException.ThrowIfLessThan(_options.Magnification, 1, nameof(options));
        ArgumentOutOfRangeException.ThrowIfGreaterThan(_options.Magnification, 4, nameof(options));
        OpenCvRuntime.Require();
        _dictionary = CvAruco.GetPredefinedDictionary(PredefinedDictionaryType.DictAprilTag_36h11);
        _detector = new ArucoDetector(_dictionary, Parameters(CornerRefineMethod.Subpix), new RefineParameters());
        _second = _options.Thorough ? new ArucoDetector(_dictionary, Parameters(CornerRefineMethod.AprilTag), new RefineParameters()) : null;
    }

    public string Name => "tag";

    /// <summary>Says yes to "tag" and "tag 3", however they are spelt.</summary>
    public bool CanSee(string thing) => ThingName.Parse(thing) is { } name && name.Words switch
    {
        ["tag"] => true,
        ["tag", _] => name.Number is >= 0 and < 587,
        _ => false,
    };

    public IReadOnlyList<Detection> Detect(CameraFrame frame)
    {
        var tags = Observe(frame);
        var detections = new List<Detection>(tags.Count);
        foreach (var tag in tags)
            detections.Add(ToDetection(tag));
        return detections;
    }

    /// <summary>The tags in the picture with their places.</summary>
    public IReadOnlyList<TagObservation> Observe(CameraFrame frame)
    {
        using (var rgb = FrameMat.Of(frame))
            Cv2.CvtColor(rgb, _grey, ColorConversionCodes.RGB2GRAY);
        Prepare();
        var found = new List<TagObservation>();
        Search(_detector, frame, found);
        if (_second is not null)
            Search(_second, frame, found);
        return found;
    }

    public void Dispose()
    {
        _detector.Dispose();
        _second?.Dispose();
        _dictionary.Dispose();
        _grey.Dispose();
        _large.Dispose();
        _blurred.Dispose();
    }

    /// <summary>Windows from 5 to 53 pixels find the threshold for small and large tags alike.</summary>
    private static DetectorParameters Parameters(CornerRefineMethod refinement) => new()
    {
        CornerRefinementMethod = refinement,
        AdaptiveThreshWinSizeMin = 5,
        AdaptiveThreshWinSizeMax = 53,
        AdaptiveThreshWinSizeStep = 8,
        ErrorCorrectionRate = 0,
    };

    /// <summary>Enlarges the picture and sharpens it by what blurring would take away: cells of two pixels stay apart.</summary>
    private void Prepare()
    {
        double factor = _options.Magnification;
        Cv2.Resize(_grey, _large, new Size(), factor, factor, InterpolationFlags.Cubic);
        Cv2.GaussianBlur(_large, _blurred, new Size(), factor);
        Cv2.AddWeighted(_large, 2, _blurred, -1, 0, _large);
    }

    private void Search(ArucoDetector detector, CameraFrame frame, List<TagObservation> found)
    {
        detector.DetectMarkers(_large, out var corners, out var ids, out _);
        for (var i = 0; i < ids.Length; i++)
        {
            for (var k = 0; k < corners[i].Length; k++)
                corners[i][k] = new Point2f((corners[i][k].X + 0.5f) / _options.Magnification, (corners[i][k].Y + 0.5f) / _options.Magnification);
            if (!found.Exists(tag => tag.Id == ids[i] && IsSame(tag, corners[i])) && TagPose.TryFind(ids[i], corners[i], SizeOf(ids[i]), frame) is { } observation)
                found.Add(observation);
        }
    }

    private double SizeOf(int id) => _options.SizeById.GetValueOrDefault(id, _options.TagSize);

    private static bool IsSame(TagObservation tag, Point2f[] corners)
    {
        var x = corners.Average(corner => corner.X) - ((tag.Corners[0] + tag.Corners[2] + tag.Corners[4] + tag.Corners[6]) / 4);
        var y = corners.Average(corner => corner.Y) - ((tag.Corners[1] + tag.Corners[3] + tag.Corners[5] + tag.Corners[7]) / 4);
        return Math.Sqrt((x * x) + (y * y)) < 5;
    }

    private static Detection ToDetection(TagObservation tag)
    {
        var corners = tag.Corners;
        var left = Math.Min(Math.Min(corners[0], corners[2]), Math.Min(corners[4], corners[6]));
        var right = Math.Max(Math.Max(corners[0], corners[2]), Math.Max(corners[4], corners[6]));
        var top = Math.Min(Math.Min(corners[1], corners[3]), Math.Min(corners[5], corners[7]));
        var bottom = Math.Max(Math.Max(corners[1], corners[3]), Math.Max(corners[5], corners[7]));
        // A code that fits bit for bit among 587 far-apart ones leaves little doubt; small tags leave a little more.
        var confidence = Math.Round(Math.Min(0.99, 0.85 + ((right - left) / 400)), 3);
        return new Detection($"tag {tag.Id.ToString(CultureInfo.InvariantCulture)}", confidence, left, top, right - left, bottom - top, tag.Bearing);
    }
}
