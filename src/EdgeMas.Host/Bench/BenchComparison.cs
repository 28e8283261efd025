using System.Globalization;
using System.Text.Json.Nodes;
using Spectre.Console;

namespace EdgeMas.Host.Bench;

/// <summary>Runs the contenders in turn, A B A B, and compares their medians.</summary>
internal sealed class BenchComparison(string name, IReadOnlyList<BenchMeasure> measures, IReadOnlyList<BenchContender> contenders)
{
    private readonly List<BenchSample>[] _samples = [.. contenders.Select(_ => new List<BenchSample>())];
    private readonly List<string> _loads = [];

    public async Task RunAsync(int runs, Action<string> tell, CancellationToken cancellationToken)
    {
        for (var run = 1; run <= runs; run++)
        {
            for (var i = 0; i < contenders.Count; i++)
            {
                _loads.Add(LoadAverage());
                var sample = await contenders[i].RunAsync(run, cancellationToken);
                _samples[i].Add(sample);
                tell($"{name} {run}/{runs} {contenders[i].Name}: {string.Join(", ", measures.Select((measure, m) => $"{measure.Name} {Shown(sample.Values[m])}"))}");
            }
        }
    }

    public Table ToTable()
    {
        var table = new Table().AddColumn(name);
        foreach (var contender in contenders)
            table.AddColumn(new TableColumn(Markup.Escape(contender.Name)).RightAligned());
        if (contenders.Count > 1)
            table.AddColumn(new TableColumn("against the best of the others").RightAligned());
        for (var m = 0; m < measures.Count; m++)
        {
            var cells = Enumerable.Range(0, contenders.Count).Select(i => $"{Shown(Median(i, m))} ({Shown(Least(i, m))}–{Shown(Most(i, m))})").Prepend(measures[m].Name);
            table.AddRow([.. contenders.Count > 1 ? cells.Append($"{Shown(Advantage(m))}×") : cells]);
        }
        return table;
    }

    public JsonObject ToJson()
    {
        var json = new JsonObject { ["benchmark"] = name, ["load_averages_before_each"] = new JsonArray([.. _loads.Select(load => (JsonNode)load)]) };
        json["contenders"] = new JsonArray([.. contenders.Select((contender, i) => new JsonObject
        {
            ["name"] = contender.Name,
            ["measures"] = new JsonArray([.. measures.Select((measure, m) => new JsonObject
            {
                ["name"] = measure.Name,
                ["median"] = Number(Median(i, m)),
                ["advantage_of_first"] = i == 0 ? null : Number(Advantage(m, i)),
                ["values"] = new JsonArray([.. _samples[i].Select(sample => Number(sample.Values[m]))]),
            })]),
            ["outputs_equal_to_first"] = Equal(i),
        })]);
        if (contenders.Count > 1)
            json["advantage"] = new JsonArray([.. measures.Select((measure, m) => new JsonObject { ["name"] = measure.Name, ["factor"] = Number(Advantage(m)) })]);
        return json;
    }

    /// <summary>
    /// How many outputs of all runs are those of the first contender, and how far the others are; null where there are none. Batches of other sizes add up in
    /// another order, and where two tokens are nearly as likely that decides.
    /// </summary>
    public string? Equal(int contender)
    {
        var pairs = _samples[0].Zip(_samples[contender]).SelectMany(runs => runs.First.Outputs.Zip(runs.Second.Outputs)).ToList();
        if (pairs.Count == 0)
            return null;
        var alike = pairs.Where(pair => pair.First != pair.Second).Select(pair => (double)pair.First.AsSpan().CommonPrefixLength(pair.Second) / Math.Max(pair.First.Length, pair.Second.Length)).ToList();
        var equal = $"{pairs.Count - alike.Count} of {pairs.Count}";
        return alike.Count == 0 ? equal : string.Create(CultureInfo.InvariantCulture, $"{equal}, and the others for {alike.Average():P0} of their length");
    }

    private static string LoadAverage() => File.Exists("/proc/loadavg") ? File.ReadAllText("/proc/loadavg").Split(' ')[0] : "";

    /// <summary>How many times better the first contender is than the best of the others.</summary>
    private double Advantage(int measure)
    {
        double[] advantages = [.. Enumerable.Range(1, contenders.Count - 1).Select(i => Advantage(measure, i)).Where(advantage => !double.IsNaN(advantage))];
        return advantages.Length == 0 ? double.NaN : advantages.Min();
    }

    private double Advantage(int measure, int other) => Median(0, measure).Equals(Median(other, measure)) ? 1
        : measures[measure].MoreIsBetter ? Median(0, measure) / Median(other, measure) : Median(other, measure) / Median(0, measure);

    private double Median(int contender, int measure)
    {
        double[] values = [.. _samples[contender].Select(sample => sample.Values[measure]).Order()];
        return values.Length % 2 == 1 ? values[values.Length / 2] : (values[(values.Length / 2) - 1] + values[values.Length / 2]) / 2;
    }

    private double Least(int contender, int measure) => _samples[contender].Min(sample => sample.Values[measure]);

    private double Most(int contender, int measure) => _samples[contender].Max(sample => sample.Values[measure]);

    private static JsonNode? Number(double value) => double.IsFinite(value) ? Math.Round(value, 4) : null;

    private static string Shown(double value) => double.IsNaN(value) ? "–" : double.IsInfinity(value) ? "∞" : value.ToString("G3", CultureInfo.InvariantCulture);
}
