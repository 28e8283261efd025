using System.Text.Json.Nodes;
using EdgeMas.Core.Agents;
using EdgeMas.Core.Bus;
using EdgeMas.Core.Events;
using EdgeMas.Core.Messages;
using EdgeMas.Core.Skills;
using EdgeMas.Core.Time;
using EdgeMas.Core.Vision;
using EdgeMas.Vision.Cameras;
using EdgeMas.Vision.Colours;
using EdgeMas.Vision.Pictures;
using EdgeMas.Vision.Things;

namespace EdgeMas.Vision.Looking;

/// <summary>
/// The robot's eye: <c>look_for</c>, <c>take_photo</c>, <c>count</c>; publishes what it sees on <c>vision/{camera}/detections</c> and answers a query in its
/// inbox with a <see cref="DetectionReport"/>. Camera, detectors and encoder belong to the caller and outlive the agent, which may be made anew.
/// </summary>
public sealed class VisionAgent : Agent
{
    private const int MostNamed = 20;

    private readonly ICamera _camera;
    private readonly IReadOnlyList<IObjectDetector> _detectors;
    private readonly IImageEncoder _encoder;
    private readonly VisionOptions _options;
    private readonly Eye _eye;
    private readonly PictureStore _pictures;
    private readonly Lock _gate = new();
    private AgentContext? _context;
    private string _topic = "";
    private long? _published;

    /// <param name="brake">Held while a picture is taken and examined; null for real time.</param>
    public VisionAgent(ICamera camera, IReadOnlyList<IObjectDetector> detectors, IImageEncoder encoder, VisionOptions options, ITimeBrake? brake = null)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(options.SearchStepDegrees, 1, nameof(options));
        ArgumentOutOfRangeException.ThrowIfGreaterThan(options.SearchStepDegrees, 180, nameof(options));
        ArgumentOutOfRangeException.ThrowIfLessThan(options.MaxPictures, 1, nameof(options));
        _camera = camera;
        _detectors = detectors;
        _encoder = encoder;
        _options = options;
        _eye = new Eye(camera, detectors, brake ?? NoTimeBrake.Instance);
        _pictures = new PictureStore(options.PicturesDirectory, camera.Name, options.MaxPictures, options.MaxPictureBytes);
        Skills =
        [
            new Skill(VisionSkills.LookFor(options), LookForAsync),
            new Skill(VisionSkills.TakePhoto, TakePhotoAsync),
            new Skill(VisionSkills.Count, CountAsync),
        ];
    }

    /// <summary>What the agent offers, for those who want to know without one: grammars, help.</summary>
    public static IReadOnlyList<SkillDescriptor> Describe(VisionOptions options) => [VisionSkills.LookFor(options), VisionSkills.TakePhoto, VisionSkills.Count];

    public override IReadOnlyList<Skill> Skills { get; }

    public override ValueTask StartAsync(AgentContext context, CancellationToken cancellationToken)
    {
        _context = context;
        _topic = context.Topics.Detections(_camera.Name);
        return ValueTask.CompletedTask;
    }

    /// <summary>A query, whatever its body, is answered with what is in view.</summary>
    public override async ValueTask ReceiveAsync(Delivery delivery, AgentContext context, CancellationToken cancellationToken)
    {
        if (delivery.Message.Performative != Performative.Query)
            return;
        try
        {
            var view = await LookAsync(thing: null, cancellationToken);
            context.Reply(delivery.Message, MessageTypes.DetectionReport, ToReport(view));
        }
        catch (CameraException error)
        {
            context.Reply(delivery.Message, MessageTypes.DetectionReport, error.Message, Performative.Failure);
        }
    }

    private async ValueTask<SkillOutcome> LookForAsync(SkillCall call, CancellationToken cancellationToken)
    {
        if (!TryName(call, out var thing, out var refusal))
            return refusal;
        var search = new Search(thing, call, Context, _options, LookAsync);
        return await GuardAsync(search.RunAsync, cancellationToken);
    }

    private ValueTask<SkillOutcome> TakePhotoAsync(SkillCall call, CancellationToken cancellationToken) => GuardAsync(
        async token =>
        {
            var view = await LookAsync(thing: null, token);
            var jpeg = _encoder.EncodeJpeg(view.Frame, _options.MarkPictures ? view.Detections : []);
            string path;
            lock (_gate)
                path = _pictures.Write(jpeg, view.Frame);
            var labels = new JsonArray([.. view.Detections.Take(MostNamed).Select(detection => (JsonNode)new JsonObject { ["label"] = detection.Label, ["confidence"] = detection.Confidence })]);
            return SkillOutcome.Done($"stored {Path.GetFileName(path)}", new JsonObject { ["path"] = path, ["detections"] = labels });
        },
        cancellationToken);

    private async ValueTask<SkillOutcome> CountAsync(SkillCall call, CancellationToken cancellationToken)
    {
        if (!TryName(call, out var thing, out var refusal))
            return refusal;
        return await GuardAsync(
            async token =>
            {
                var view = await LookAsync(thing, token);
                var count = view.Detections.Count(detection => detection.Confidence >= _options.MinConfidence && thing.Fits(detection.Label));
                return SkillOutcome.Done($"counted {count}: {thing}", new JsonObject { ["object"] = thing.ToString(), ["count"] = count });
            },
            cancellationToken);
    }

    /// <summary>Turns what a person can mend into a failed call; anything else is the supervisor's.</summary>
    private static async ValueTask<SkillOutcome> GuardAsync(Func<CancellationToken, ValueTask<SkillOutcome>> run, CancellationToken cancellationToken)
    {
        try
        {
            return await run(cancellationToken);
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException or TimeoutException)
        {
            return SkillOutcome.Failed(error.Message);
        }
    }

    /// <summary>Untrusted words become a name that a detector knows, or nothing.</summary>
    private bool TryName(SkillCall call, out ThingName thing, out SkillOutcome refusal)
    {
        var said = call.Arguments.TryGetProperty(VisionSkills.Thing, out var value) && value.ValueKind == System.Text.Json.JsonValueKind.String ? value.GetString()! : "";
        var name = ThingName.Parse(said);
        if (name is not null && _eye.CanSee(name))
        {
            (thing, refusal) = (name, SkillOutcome.Done());
            return true;
        }
        thing = null!;
        var shown = said.Length <= ThingName.MaxLength ? $"'{said}'" : $"a name of {said.Length:N0} characters";
        refusal = SkillOutcome.Failed($"{shown} is nothing that I can recognize; I can see {Vocabulary()}");
        return false;
    }

    private string Vocabulary()
    {
        var kinds = _detectors.Select(detector => detector switch
        {
            ColorBlobDetector => "balls and boxes in red, orange, yellow, green, blue, purple and brown",
            Tags.AprilTagDetector => "tags by number",
            Neural.YoloxDetector => "everyday things, people, animals and vehicles",
            _ => $"what the detector '{detector.Name}' knows",
        });
        return _detectors.Count == 0 ? "nothing: no detector works here" : string.Join("; ", kinds);
    }

    private async ValueTask<View> LookAsync(ThingName? thing, CancellationToken cancellationToken)
    {
        var view = await _eye.LookAsync(thing, cancellationToken);
        if (IsDue())
            Context.Publish(_topic, MessageTypes.DetectionReport, ToReport(view));
        return view;
    }

    /// <summary>Whether enough time has passed since the last report.</summary>
    private bool IsDue()
    {
        lock (_gate)
        {
            var now = Context.Time.GetTimestamp();
            if (_published is { } before && Context.Time.GetElapsedTime(before, now) < _options.PublishInterval)
                return false;
            _published = now;
            return true;
        }
    }

    private DetectionReport ToReport(View view) => new(_camera.Name, view.Detections, Math.Round(view.Seconds, 4));

    private AgentContext Context => _context ?? throw new InvalidOperationException("the vision agent has not been started");
}
