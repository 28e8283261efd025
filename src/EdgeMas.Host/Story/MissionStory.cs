using EdgeMas.Core.Events;
using EdgeMas.Core.Missions;

namespace EdgeMas.Host.Story;

/// <summary>One mission as it was seen on the bus.</summary>
internal sealed class MissionStory(Mission mission)
{
    private readonly Dictionary<int, double> _progress = [];

    public Mission Mission { get; private set; } = mission;

    /// <summary>What the microphone or the recording said, when the order was spoken.</summary>
    public SpeechHeard? Heard { get; set; }

    /// <summary>The latest plan of the model; null before there is one.</summary>
    public PlanProposal? Proposal { get; set; }

    public Critique? Critique { get; set; }

    public double Progress(int step) => _progress.GetValueOrDefault(step);

    public bool HasBegun(int step) => _progress.ContainsKey(step);

    public void Apply(Mission changed)
    {
        if (changed.Round != Mission.Round)
            _progress.Clear();
        Mission = changed;
    }

    public void Apply(StepChanged changed)
    {
        _progress[changed.Index] = changed.Fraction;
        if (changed.Index >= Mission.Steps.Count)
            return; // the mission itself arrives on its own topic and brings the new steps
        MissionStep[] steps = [.. Mission.Steps];
        steps[changed.Index] = changed.Step;
        Mission = Mission with { Steps = steps };
    }

    /// <summary>A value that a step brought home under this key, such as the picture's path.</summary>
    public string? Result(string key) => Mission.Steps
        .Select(step => step.Result is { } result && result.TryGetPropertyValue(key, out var value) ? value?.ToString() : null)
        .LastOrDefault(value => value is not null);
}
