using System.Text.Json.Nodes;

namespace EdgeMas.Host.Bench;

/// <summary>What one way of decoding took for each order, pass after pass.</summary>
internal sealed class PlanningFigures(string way, int orders)
{
    private readonly List<(double Seconds, double Processor)>[] _times = [.. Enumerable.Range(0, orders).Select(static _ => new List<(double, double)>())];

    public string Way => way;

    /// <summary>Outputs that were no plan, of all passes.</summary>
    public int NoPlan { get; set; }

    /// <summary>Tokens of all outputs that were plans.</summary>
    public int Tokens { get; set; }

    /// <summary>Of the constraint's tokens those that it forced; null where nothing forces.</summary>
    public double? ForcedShare { get; set; }

    /// <summary>Orders in a second: of each the median of the passes counts.</summary>
    public double CommandsPerSecond => orders / _times.Sum(static times => Median(times.Select(static time => time.Seconds)));

    /// <summary>Milliseconds of processor time of the whole process for an order.</summary>
    public double ProcessorMilliseconds => 1e3 * _times.Sum(static times => Median(times.Select(static time => time.Processor))) / orders;

    public void Add(int order, double seconds, double processor) => _times[order].Add((seconds, processor));

    public JsonObject ToJson() => new()
    {
        ["way"] = way,
        ["commands_per_s"] = Math.Round(CommandsPerSecond, 3),
        ["processor_ms"] = Math.Round(ProcessorMilliseconds, 3),
        ["tokens"] = Tokens,
        ["forced_share"] = ForcedShare is { } share ? Math.Round(share, 3) : null,
        ["no_plan"] = NoPlan,
    };

    private static double Median(IEnumerable<double> values)
    {
        var sorted = values.Order().ToArray();
        return (sorted[(sorted.Length - 1) / 2] + sorted[sorted.Length / 2]) / 2;
    }
}
