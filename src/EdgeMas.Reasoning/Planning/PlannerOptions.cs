namespace EdgeMas.Reasoning.Planning;

public sealed record PlannerOptions
{
    public static PlannerOptions Default { get; } = new();

    /// <summary>Only places that the order names, and only numbers that it says, where it says any that fit.</summary>
    public bool Grounded { get; init; } = true;

    /// <summary>Steps of one plan, where the model can be held to it; the critic refuses more from any model.</summary>
    public int MaxSteps { get; init; } = Constraints.PlanLanguage.UsualSteps;

    /// <summary>Output tokens of one plan.</summary>
    public int MaxTokens { get; init; } = 512;

    /// <summary>For attempts after the first, so that another plan can come out.</summary>
    public float Temperature { get; init; } = 0.7f;

    /// <summary>Samplings of one later attempt until it differs from the plans that were rejected.</summary>
    public int SamplesPerAttempt { get; init; } = 4;

    public uint Seed { get; init; } = 1;
}
