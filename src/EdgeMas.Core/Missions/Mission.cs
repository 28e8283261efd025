using EdgeMas.Core.Messages;

namespace EdgeMas.Core.Missions;

/// <summary>One goal with its plan, the state of every step, and its end. Immutable: each change is a new value, stored before it is acted on.</summary>
/// <param name="Order">The words of the order.</param>
/// <param name="Source">Where the order came from: speech, console, mqtt, wav, resume.</param>
/// <param name="Round">How often the rest of the plan was written anew; 0 for the first plan.</param>
/// <param name="Reason">Why it was refused, failed or cancelled; or the report's sentence.</param>
public sealed record Mission(
    string Id,
    string Order,
    string Source,
    Taint Taint,
    MissionStatus Status,
    IReadOnlyList<MissionStep> Steps,
    DateTimeOffset Started,
    DateTimeOffset? Ended = null,
    int Round = 0,
    string? Reason = null)
{
    public bool HasEnded => Status is not (MissionStatus.Planning or MissionStatus.Running);
}
