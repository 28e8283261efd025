using EdgeMas.Core.Messages;
using EdgeMas.Core.Motion;

namespace EdgeMas.Control.Motor;

public sealed record MotorOptions
{
    /// <summary>Where <c>goto</c> can go.</summary>
    public IReadOnlyList<MotorPlace> Places { get; init; } = [];

    /// <summary>Where <c>return_home</c> goes, and <c>goto</c> under its name; without one the robot has no <c>return_home</c>.</summary>
    public MotorPlace? Dock { get; init; }

    /// <summary>The places, and the dock as one of them.</summary>
    public IReadOnlyList<MotorPlace> Destinations => Dock is { } dock ? [.. Places, dock] : Places;

    /// <summary>What <c>goto</c> finds its way around; empty drives straight. What is not listed is met by the envelope.</summary>
    public IReadOnlyList<KnownObstacle> KnownObstacles { get; init; } = [];

    /// <summary>What the base moves on; its measures matter where it steers.</summary>
    public WheeledGeometry Drive { get; init; }

    /// <summary>Untrusted sources whose orders may move the base. <c>stop</c> is open to all.</summary>
    public Taint OpenTo { get; init; } = Taint.Speech | Taint.Model;

    /// <summary>Between two reports of the base's state; while nothing changes they come once a second.</summary>
    public TimeSpan ReportInterval { get; init; } = TimeSpan.FromMilliseconds(200);

    /// <summary>Between two progress reports of a skill; at least 100 ms.</summary>
    public TimeSpan ProgressInterval { get; init; } = TimeSpan.FromMilliseconds(200);

    internal void Check()
    {
        const string name = nameof(MotorOptions);
        ControlOptionsException.ThrowUnlessAbove(ReportInterval, TimeSpan.Zero, $"{name}.{nameof(ReportInterval)}");
        if (ProgressInterval < TimeSpan.FromMilliseconds(100))
            throw new ControlOptionsException($"{name}.{nameof(ProgressInterval)}", $"{ProgressInterval} is shorter than 100 ms");
        foreach (var obstacle in KnownObstacles)
        {
            if (!double.IsFinite(obstacle.From.X + obstacle.From.Y + obstacle.To.X + obstacle.To.Y) || !(obstacle.Radius >= 0))
                throw new ControlOptionsException($"{name}.{nameof(KnownObstacles)}", $"{obstacle} is nowhere");
        }
        var names = new HashSet<string>(StringComparer.OrdinalIgnoreCase);
        foreach (var place in Places)
        {
            if (!names.Add(place.Name))
                throw new ControlOptionsException($"{name}.{nameof(Places)}", $"'{place.Name}' is there twice");
            if (!double.IsFinite(place.X) || !double.IsFinite(place.Y))
                throw new ControlOptionsException($"{name}.{nameof(Places)}", $"'{place.Name}' at ({place.X}, {place.Y}) is nowhere");
        }
    }
}
