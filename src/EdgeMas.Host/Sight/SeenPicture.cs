using System.Globalization;
using System.Text.Json.Nodes;
using EdgeMas.Core.Vision;

namespace EdgeMas.Host.Sight;

/// <summary>One picture and what each detector saw in it.</summary>
/// <param name="Name">File or camera.</param>
internal sealed record SeenPicture(string Name, CameraFrame Frame, IReadOnlyList<(string Detector, double Seconds, IReadOnlyList<Detection> Detections)> Seen)
{
    public IReadOnlyList<Detection> All => [.. Seen.SelectMany(seen => seen.Detections)];

    public static SeenPicture Look(string name, CameraFrame frame, IReadOnlyList<IObjectDetector> detectors)
    {
        var seen = new List<(string, double, IReadOnlyList<Detection>)>();
        foreach (var detector in detectors)
        {
            var began = TimeProvider.System.GetTimestamp();
            var detections = detector.Detect(frame);
            seen.Add((detector.Name, TimeProvider.System.GetElapsedTime(began).TotalSeconds, detections));
        }
        return new SeenPicture(name, frame, seen);
    }

    /// <param name="annotated">The picture with boxes; null where none was written.</param>
    public JsonObject ToJson(string? annotated) => new()
    {
        ["picture"] = Name,
        ["width"] = Frame.Width,
        ["height"] = Frame.Height,
        ["annotated"] = annotated,
        ["detections"] = new JsonArray([.. Seen.SelectMany(seen => seen.Detections.Select(JsonNode (found) => ToJson(seen.Detector, found)))]),
        ["seconds"] = new JsonObject(Seen.Select(seen => KeyValuePair.Create(seen.Detector, (JsonNode?)Math.Round(seen.Seconds, 4)))),
    };

    public void Write(TextWriter output)
    {
        var times = string.Join(", ", Seen.Select(seen => string.Create(CultureInfo.InvariantCulture, $"{seen.Detector} {seen.Seconds * 1000:0} ms")));
        output.WriteLine($"{Name}: {Frame.Width} × {Frame.Height}, {All.Count} seen ({times})");
        foreach (var found in All)
            output.WriteLine(string.Create(CultureInfo.InvariantCulture, $"  {found.Label,-16} {found.Confidence:0.00}  at {found.X:0}, {found.Y:0}, size {found.Width:0} × {found.Height:0}, {Direction(found.Bearing)}"));
    }

    private static JsonObject ToJson(string detector, Detection found) => new()
    {
        ["label"] = found.Label,
        ["confidence"] = found.Confidence,
        ["x"] = Math.Round(found.X, 2),
        ["y"] = Math.Round(found.Y, 2),
        ["width"] = Math.Round(found.Width, 2),
        ["height"] = Math.Round(found.Height, 2),
        ["bearing"] = Math.Round(found.Bearing, 4),
        ["detector"] = detector,
    };

    private static string Direction(double bearing)
    {
        var degrees = Math.Round(bearing * 180 / Math.PI, 1);
        return degrees == 0 ? "straight ahead" : string.Create(CultureInfo.InvariantCulture, $"{Math.Abs(degrees):0.#}° to the {(degrees > 0 ? "left" : "right")}");
    }
}
