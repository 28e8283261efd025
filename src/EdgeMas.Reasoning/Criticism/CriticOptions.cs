using EdgeMas.Core.Topics;

namespace EdgeMas.Reasoning.Criticism;

public sealed record CriticOptions
{
    /// <summary>Where the base reports its pose.</summary>
    public required RobotTopics Topics { get; init; }

    /// <summary>Corners in metres of the area that the robot must stay in, in order; empty for none. The envelope enforces it; the critic foresees it.</summary>
    public IReadOnlyList<(double X, double Y)> Geofence { get; init; } = [];

    /// <summary>Where the known places are, in metres, so that a plan's way can be followed beyond them.</summary>
    public IReadOnlyDictionary<string, (double X, double Y)> Places { get; init; } = new Dictionary<string, (double X, double Y)>();

    /// <summary>Where <see cref="MotionSkills.Home"/> leads; null when unknown.</summary>
    public (double X, double Y)? Home { get; init; }

    public MotionSkills Skills { get; init; } = new();

    public int MaxSteps { get; init; } = Constraints.PlanLanguage.UsualSteps;

    /// <summary>
    /// A plan of which the planner itself was less sure than this (mean probability of the tokens that it chose, 0 to 1) is refused. Of 144 development orders
    /// of the in-box planner 16 had the right plan, 2 of them below 0.4, and so were more than half of the wrong ones.
    /// </summary>
    public double MinConfidence { get; init; } = 0.4;

    /// <summary>
    /// Where the planner's least probable token was below this (0 to 1), each step must also be spoken of in the order. "Tell me a joke" makes the in-box
    /// planner take a picture with 0.43; orders for the usual skills mostly stay above 0.6.
    /// </summary>
    public double SureProbability { get; init; } = 0.5;

    /// <summary>For a critic that is a model: how long its answer may take.</summary>
    public TimeSpan ModelLimit { get; init; } = TimeSpan.FromSeconds(30);
}
