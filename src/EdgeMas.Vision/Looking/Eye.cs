using EdgeMas.Core.Time;
using EdgeMas.Core.Vision;
using EdgeMas.Vision.Things;

namespace EdgeMas.Vision.Looking;

/// <summary>A camera with its detectors, one look at a time. Virtual time stands still while it computes. Any thread.</summary>
internal sealed class Eye(ICamera camera, IReadOnlyList<IObjectDetector> detectors, ITimeBrake brake)
{
    /// <summary>Whether any detector could see such a thing.</summary>
    public bool CanSee(ThingName thing) => detectors.Any(detector => detector.CanSee(thing.ToString()));

    /// <param name="thing">Ask only the detectors that can see it; null asks all.</param>
    public async ValueTask<View> LookAsync(ThingName? thing, CancellationToken cancellationToken)
    {
        using var hold = brake.Hold();
        var started = TimeProvider.System.GetTimestamp(); // how long it takes to compute is not a matter of virtual time
        var frame = await camera.CaptureAsync(cancellationToken);
        var detections = new List<Detection>();
        foreach (var detector in detectors)
        {
            cancellationToken.ThrowIfCancellationRequested();
            if (thing is not null && !detector.CanSee(thing.ToString()))
                continue;
            // A detector outlives the agent: the last call of one instance may still run when the next one, restarted, begins.
            lock (detector)
                detections.AddRange(detector.Detect(frame));
        }
        detections.Sort(static (one, other) => other.Confidence.CompareTo(one.Confidence));
        return new View(frame, detections, TimeProvider.System.GetElapsedTime(started).TotalSeconds);
    }
}
