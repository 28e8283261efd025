using System.Text.Json;
using System.Text.Json.Serialization;
using EdgeMas.Host.CommandLine;

namespace EdgeMas.Host.Hil;

/// <summary>How one case of a suite ended; a line of JSON between the board and its host.</summary>
/// <param name="Outcome">passed, failed or skipped.</param>
/// <param name="Message">Why it did not pass; null where it did.</param>
internal sealed record HilResult(string Suite, string Case, string Outcome, double Seconds, string? Message)
{
    public const string Passed = "passed";
    public const string Failed = "failed";
    public const string Skipped = "skipped";

    public string ToJson() => JsonSerializer.Serialize(this, HostJson.Shared.HilResult);

    /// <summary>What was measured; null for nothing.</summary>
    public string? Note { get; init; }

    /// <summary>What went over the wires meanwhile; null where nobody asked.</summary>
    public IReadOnlyList<HilWave>? Waves { get; init; }

    public static HilResult FromJson(string line) => JsonSerializer.Deserialize(line, HostJson.Shared.HilResult) ?? throw new JsonException("null is no result");

    [JsonIgnore]
    public bool IsFailure => Outcome == Failed;
}
