using EdgeMas.Core.Vision;
using EdgeMas.Vision.Cameras;
using EdgeMas.Vision.OpenCv;
using EdgeMas.Vision.Things;
using OpenCvSharp;

namespace EdgeMas.Vision.Colours;

/// <summary>
/// Finds balls and boxes painted in one plain colour: red, orange, yellow, green, blue, purple, brown. Pixels of a colour are joined to blobs; a blob with a
/// round outline is a ball, one that fills a rectangle a box, any other a "thing". White, black and grey things are not told from their surroundings.
/// </summary>
/// <remarks>Calls do not overlap. Keeps its working pictures between calls. Two touching things of one colour are seen as one.</remarks>
public sealed class ColorBlobDetector : IObjectDetector
{
    private const double RoundEnough = 0.62;
    private const double SquareEnough = 0.74;

    /// <summary>Height over width: anything taller is a post or a trunk.</summary>
    private const double TallestBox = 2.5;

    private readonly ColorBlobOptions _options;
    private readonly Mat _smooth = OpenCvRuntime.NewMat();
    private readonly Mat _hsv = OpenCvRuntime.NewMat();
    private readonly Mat _mask = OpenCvRuntime.NewMat();
    private readonly Mat _more = OpenCvRuntime.NewMat();
    private readonly Mat _value = OpenCvRuntime.NewMat();
    private readonly Mat _kernel;

    /// <exception cref="PlatformNotSupportedException">OpenCV does not work here; see <see cref="OpenCvRuntime"/>.</exception>
    public ColorBlobDetector(ColorBlobOptions? options = null)
    {
        OpenCvRuntime.Require();
        _options = options ?? new ColorBlobOptions();
        _kernel = Cv2.GetStructuringElement(MorphShapes.Ellipse, new Size(3, 3));
    }

    public string Name => "colour";

    /// <summary>What <see cref="CanSee"/> says yes to, for people.</summary>
    public static IReadOnlyList<string> Vocabulary { get; } = ["ball", "box", .. PaintColour.All.Select(colour => $"{colour.Name} ball"), .. PaintColour.All.Select(colour => $"{colour.Name} box")];

    public bool CanSee(string thing)
    {
        if (ThingName.Parse(thing) is not { } name)
            return false;
        return name.Words switch
        {
            [var noun] => IsNoun(noun),
            [var colour, var noun] => IsNoun(noun) && PaintColour.All.Any(paint => paint.Name == colour),
            _ => false,
        };

        static bool IsNoun(string word) => word is "ball" or "box" or ThingName.Anything;
    }

    public IReadOnlyList<Detection> Detect(CameraFrame frame)
    {
        using (var rgb = FrameMat.Of(frame))
            Cv2.GaussianBlur(rgb, _smooth, new Size(3, 3), 0);
        Cv2.CvtColor(_smooth, _hsv, ColorConversionCodes.RGB2HSV);
        Cv2.ExtractChannel(_hsv, _value, 2);
        var found = new List<Detection>();
        foreach (var colour in PaintColour.All)
            AddBlobs(frame, colour, found);
        found.Sort((one, other) => other.Confidence.CompareTo(one.Confidence));
        return found;
    }

    public void Dispose()
    {
        _smooth.Dispose();
        _hsv.Dispose();
        _mask.Dispose();
        _more.Dispose();
        _value.Dispose();
        _kernel.Dispose();
    }

    private void AddBlobs(CameraFrame frame, PaintColour colour, List<Detection> found)
    {
        Select(colour);
        Cv2.MorphologyEx(_mask, _mask, MorphTypes.Open, _kernel);
        Cv2.MorphologyEx(_mask, _mask, MorphTypes.Close, _kernel, iterations: 2);
        Cv2.FindContours(_mask, out var outlines, out _, RetrievalModes.External, ContourApproximationModes.ApproxNone);
        Array.Sort(outlines, (one, other) => other.Length.CompareTo(one.Length));
        for (var i = 0; i < outlines.Length && i < _options.MaxBlobsPerColour; i++)
        {
            var area = Cv2.ContourArea(outlines[i]);
            if (area >= _options.MinArea && Judge(frame, colour, outlines[i], area) is { } detection && detection.Confidence >= _options.MinConfidence && !IsGloss(detection, colour, found))
                found.Add(detection);
        }
    }

    private void Select(PaintColour colour)
    {
        if (colour.MinHue <= colour.MaxHue)
        {
            Cv2.InRange(_hsv, new Scalar(colour.MinHue, colour.MinSaturation, colour.MinValue), new Scalar(colour.MaxHue, colour.MaxSaturation, 255), _mask);
            return;
        }
        Cv2.InRange(_hsv, new Scalar(0, colour.MinSaturation, colour.MinValue), new Scalar(colour.MaxHue, colour.MaxSaturation, 255), _mask);
        Cv2.InRange(_hsv, new Scalar(colour.MinHue, colour.MinSaturation, colour.MinValue), new Scalar(179, colour.MaxSaturation, 255), _more);
        Cv2.BitwiseOr(_mask, _more, _mask);
    }

    private Detection? Judge(CameraFrame frame, PaintColour colour, Point[] outline, double area)
    {
        var bounds = Cv2.BoundingRect(outline);
        if (!IsLit(bounds, colour))
            return null;
        var shape = BlobShape.Of(outline, area, bounds, frame);
        var (noun, fit) = shape switch
        {
            { Roundness: >= RoundEnough } when shape.Roundness > 0.9 || shape.Squareness < 0.93 => ("ball", shape.Roundness),
            { Squareness: >= SquareEnough } when bounds.Height < TallestBox * bounds.Width => ("box", shape.Squareness),
            _ => (ThingName.Anything, 0.5),
        };
        var size = Math.Min(1, 0.7 + (area / 1000));
        return new Detection(
            $"{colour.Name} {noun}", Math.Round(fit * size, 3), bounds.X, bounds.Y, bounds.Width, bounds.Height, noun == "ball" ? shape.Bearing : CameraOptics.Bearing(frame, bounds.X + (bounds.Width / 2.0)));
    }

    private static bool IsGloss(Detection detection, PaintColour colour, List<Detection> found) => colour.GlossOn is { } under && found.Exists(
        other => other.Label.StartsWith(under, StringComparison.Ordinal)
            && detection.X >= other.X && detection.X + detection.Width <= other.X + other.Width
            && detection.Y >= other.Y && detection.Y + detection.Height <= other.Y + other.Height);

    private bool IsLit(Rect bounds, PaintColour colour)
    {
        using var value = new Mat(_value, bounds);
        using var mask = new Mat(_mask, bounds);
        Cv2.MinMaxLoc(value, out _, out var brightest, out _, out _, mask);
        return brightest >= colour.MinBrightest;
    }
}
