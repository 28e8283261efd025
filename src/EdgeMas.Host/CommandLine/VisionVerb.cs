using System.CommandLine;
using EdgeMas.Host.Sight;
using EdgeMas.Vision.Cameras;

namespace EdgeMas.Host.CommandLine;

/// <summary><c>edgemas vision detect IMAGE…</c></summary>
internal static class VisionVerb
{
    public static Command Create()
    {
        var verb = Verb.Create("vision", "Tries a robot's eyes, without the robot.", "edgemas vision detect yard.jpg --out seen");
        verb.Add(CreateDetect());
        return verb;
    }

    private static Command CreateDetect()
    {
        var images = new Argument<string[]>("image") { Description = "Pictures: JPEG, PNG and others with OpenCV, PPM everywhere", Arity = ArgumentArity.ZeroOrMore };
        var camera = new Option<string?>("--camera") { Description = "A camera instead: /dev/video0, a film, or a URL that FFmpeg opens" };
        var count = new Option<int>("--count") { Description = "Pictures to take with the camera; 0 until Ctrl-C", DefaultValueFactory = _ => 1 };
        var names = new Option<string?>("--detectors") { Description = "Of colors, apriltags, yolox, separated by commas; without it colors,apriltags, or yolox where a model is given" };
        var model = new Option<string?>("--model") { Description = "yolox: its ONNX file" };
        var labels = new Option<string?>("--labels") { Description = "yolox: a file with its labels, one a line; without it COCO's eighty" };
        var confidence = new Option<double>("--min-confidence") { Description = "Less sure detections are left out, 0 to 1", DefaultValueFactory = _ => 0.35 };
        var tagSize = new Option<double>("--tag-size") { Description = "Side of the AprilTags' black square in metres", DefaultValueFactory = _ => 0.2 };
        var view = new Option<double>("--field-of-view") { Description = "Of the camera, degrees from left to right", DefaultValueFactory = _ => 60 };
        var output = new Option<string?>("--out") { Description = "Folder for the pictures with boxes, as NAME.seen.jpg" };
        var json = Verb.JsonOption();
        var verb = Verb.Create("detect", "Finds things in pictures.", "edgemas vision detect street.jpg --detectors yolox --model yolox_nano.onnx --out seen --json");
        count.Validators.Add(given => Verb.Bound(given, 0, 1_000_000));
        confidence.Validators.Add(given => Verb.Bound(given, 0, 1));
        tagSize.Validators.Add(given => Verb.Bound(given, 0.001, 100));
        view.Validators.Add(given => Verb.Bound(given, 1, 170));
        verb.Add(images);
        foreach (var option in new Option[] { camera, count, names, model, labels, confidence, tagSize, view, output, json })
            verb.Add(option);
        verb.Validators.Add(result =>
        {
            if ((result.GetValue(images) is { Length: > 0 }) == (result.GetResult(camera) is not null))
                result.AddError("give pictures, or --camera");
        });
        verb.Do(async (result, cancellationToken) =>
        {
            using var signals = new StopSignals(cancellationToken);
            string[] chosen = result.GetValue(names)?.Split(',', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries)
                ?? (result.GetValue(model) is null ? ["colors", "apriltags"] : ["yolox"]);
            var detectors = new DetectorChoice(
                chosen, result.GetValue(model), result.GetValue(labels), result.GetValue(confidence), result.GetValue(tagSize), Thorough: result.GetValue(camera) is null).Create();
            try
            {
                var seer = new PictureSeer(detectors, result.GetValue(output), result.GetValue(json));
                var angle = result.GetValue(view) * Math.PI / 180;
                return result.GetValue(camera) is { } source
                    ? await seer.WatchAsync(new OpenCvCameraOptions { Source = source, Loop = false, HorizontalFieldOfView = angle }, result.GetValue(count), signals.Token)
                    : seer.Look(result.GetRequiredValue(images), angle, signals.Token);
            }
            finally
            {
                foreach (var detector in detectors)
                    detector.Dispose();
            }
        });
        return verb;
    }
}
