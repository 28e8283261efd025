namespace EdgeMas.Core.Missions;

/// <summary>Steps in the order of execution. Empty when nothing that is offered serves the order.</summary>
public sealed record Plan(IReadOnlyList<PlanStep> Steps)
{
    public static Plan Empty { get; } = new([]);
}
