using System.Globalization;

namespace EdgeMas.Host.Top;

/// <summary>The samples of a page in Prometheus' text format.</summary>
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
        var key = (name[..brace], labels[..equals]);
        if (!_labelled.TryGetValue(key, out var values))
            _labelled[key] = values = new Dictionary<string, double>(StringComparer.Ordinal);
        values[text] = value;
    }
}
