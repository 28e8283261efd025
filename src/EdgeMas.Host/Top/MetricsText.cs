using System.Globalization;
using EdgeMas.Core.Events;

namespace EdgeMas.Host.Top;

/// <summary>The samples of a page in Prometheus' text format, by their names there.</summary>
internal sealed class MetricsText
{
    private readonly Dictionary<string, string> _information = new(StringComparer.Ordinal);
    private readonly Dictionary<string, double> _plain = new(StringComparer.Ordinal);
    private readonly Dictionary<(string Name, string Label), Dictionary<string, double>> _labelled = [];

    /// <summary>Reads what has no label or one; the rest (histograms) is passed over.</summary>
    public static MetricsText Parse(string page)
    {
        var metrics = new MetricsText();
        foreach (var line in page.Split('\n'))
            metrics.Take(line.Trim());
        return metrics;
    }

    /// <summary>The same samples of a robot's engine, as it tells them on the bus.</summary>
    public static MetricsText Of(EngineReport report)
    {
        var metrics = new MetricsText();
        metrics._information["edgemas_model_info"] = $"name=\"{report.Model}\"";
        var counters = report.Counters;
        foreach (var (name, value) in new (string, double)[]
        {
            ("edgemas_engine_running", counters.Running), ("edgemas_engine_waiting", counters.Waiting),
            ("edgemas_engine_cells", counters.Cells), ("edgemas_engine_cell_capacity", report.MemoryCells), ("edgemas_engine_memory_bytes", report.MemoryBytes),
            ("edgemas_prompt_tokens_total", counters.PromptTokens), ("edgemas_prompt_tokens_reused_total", counters.ReusedTokens),
            ("edgemas_generated_tokens_total", counters.GeneratedTokens), ("edgemas_engine_computed_tokens_total", counters.ComputedTokens),
            ("edgemas_engine_batches_total", counters.Batches), ("edgemas_engine_shared_batches_total", counters.SharedBatches),
            ("edgemas_engine_aborted_batches_total", counters.AbortedBatches), ("edgemas_engine_preemptions_total", counters.Preemptions),
            ("edgemas_engine_evicted_tokens_total", counters.EvictedTokens), ("edgemas_engine_guessed_tokens_total", counters.GuessedTokens),
            ("edgemas_engine_right_guesses_total", counters.RightGuesses), ("edgemas_engine_refused_total", counters.Refused),
        })
        {
            metrics._plain[name] = value;
        }
        foreach (var agent in report.Agents)
        {
            Set("edgemas_agent_running", agent.Running);
            Set("edgemas_agent_waiting", agent.Waiting);
            Set("edgemas_agent_generations_total", agent.Requests);
            Set("edgemas_agent_prompt_tokens_total", agent.PromptTokens);
            Set("edgemas_agent_prompt_tokens_reused_total", agent.ReusedTokens);
            Set("edgemas_agent_generated_tokens_total", agent.GeneratedTokens);

            void Set(string name, double value) => metrics.Labelled(name, "agent")[agent.Agent] = value;
        }
        return metrics;
    }

    /// <summary>0 where the page has none.</summary>
    public double this[string name] => _plain.GetValueOrDefault(name);

    public bool Has(string name) => _plain.ContainsKey(name);

    /// <summary>A label of a metric that only has labels to tell; null where the page has none.</summary>
    /// <param name="name">Ends with <c>_info</c>.</param>
    public string? Information(string name, string label)
    {
        if (!_information.TryGetValue(name, out var labels) || labels.IndexOf($"{label}=\"", StringComparison.Ordinal) is not (>= 0 and var at))
            return null;
        var rest = labels[(at + label.Length + 2)..];
        return rest.IndexOf('"', StringComparison.Ordinal) is >= 0 and var end ? rest[..end] : null;
    }

    /// <summary>Values by a label's, in the page's order.</summary>
    public IReadOnlyDictionary<string, double> By(string name, string label) => _labelled.TryGetValue((name, label), out var values) ? values : new Dictionary<string, double>();

    private void Take(string line)
    {
        if (line.Length == 0 || line[0] == '#' || line.LastIndexOf(' ') is var space && space < 1
            || !double.TryParse(line.AsSpan(space + 1), NumberStyles.Float, CultureInfo.InvariantCulture, out var value))
        {
            return;
        }
        var name = line[..space];
        var brace = name.IndexOf('{', StringComparison.Ordinal);
        if (brace < 0)
        {
            _plain[name] = value;
            return;
        }
        var labels = name[(brace + 1)..].TrimEnd('}');
        if (name[..brace].EndsWith("_info", StringComparison.Ordinal))
            _information[name[..brace]] = labels;
        var equals = labels.IndexOf("=\"", StringComparison.Ordinal);
        if (equals < 1 || labels.IndexOf("\",", StringComparison.Ordinal) >= 0 || labels[^1] != '"')
            return;
        var text = labels[(equals + 2)..^1].Replace("\\\"", "\"", StringComparison.Ordinal).Replace("\\\\", "\\", StringComparison.Ordinal);
        Labelled(name[..brace], labels[..equals])[text] = value;
    }

    private Dictionary<string, double> Labelled(string name, string label)
    {
        if (!_labelled.TryGetValue((name, label), out var values))
            _labelled[(name, label)] = values = new Dictionary<string, double>(StringComparer.Ordinal);
        return values;
    }
}
