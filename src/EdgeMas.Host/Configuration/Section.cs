using System.Globalization;
using YamlDotNet.RepresentationModel;

namespace EdgeMas.Host.Configuration;

/// <summary>
/// Reads one mapping of a YAML file, key by key. What is wrong is noted with its place and the default used instead, so that one run tells all errors.
/// <see cref="Close"/> refuses every key that nobody asked for.
/// </summary>
internal sealed class Section
{
    private readonly YamlMappingNode _node;
    private readonly ErrorList _errors;
    private readonly HashSet<string> _known = new(StringComparer.Ordinal);

    public Section(YamlMappingNode node, string path, ErrorList errors)
    {
        _node = node;
        Path = path;
        _errors = errors;
    }

    public string Path { get; }

    /// <summary>In the file, from 1.</summary>
    public long Line => _node.Start.Line;

    /// <summary>Keys as written, in the file's order.</summary>
    public IEnumerable<string> Keys => _node.Children.Keys.Select(key => (key as YamlScalarNode)?.Value ?? "");

    public bool Has(string key) => Find(key) is not null;

    public string Text(string key, string fallback) => Scalar(key) is { } scalar ? scalar.Value! : fallback;

    public string? OptionalText(string key) => Scalar(key)?.Value;

    public string RequiredText(string key, string example)
    {
        if (Has(key))
            return Text(key, "");
        _errors.Add(_node, Path, $"'{key}' is missing: write {key}: {example}");
        return "";
    }

    public double Number(string key, double fallback, double minimum, double maximum) =>
        Scalar(key) is { } scalar ? ReadNumber(scalar, Join(key), fallback, minimum, maximum) : fallback;

    public int Whole(string key, int fallback, int minimum, int maximum)
    {
        var number = Number(key, fallback, minimum, maximum);
        if (number == Math.Truncate(number))
            return (int)number;
        Refuse(key, $"{number.ToString(CultureInfo.InvariantCulture)} is not a whole number");
        return fallback;
    }

    public bool Flag(string key, bool fallback)
    {
        if (Scalar(key) is not { } scalar)
            return fallback;
        if (scalar.Value is "true" or "false")
            return scalar.Value == "true";
        Refuse(key, $"'{scalar.Value}' is neither true nor false");
        return fallback;
    }

    /// <summary>One of a few words.</summary>
    public string Choice(string key, string fallback, params string[] allowed)
    {
        if (Scalar(key) is not { } scalar)
            return fallback;
        if (allowed.Contains(scalar.Value, StringComparer.Ordinal))
            return scalar.Value!;
        Refuse(key, $"'{scalar.Value}' is not allowed: write one of {string.Join(", ", allowed)}{DidYouMean(scalar.Value!, allowed)}");
        return fallback;
    }

    /// <summary>A list of scalars.</summary>
    public IReadOnlyList<string> Texts(string key, IReadOnlyList<string> fallback)
    {
        if (Find(key) is not { } node)
            return fallback;
        if (node is not YamlSequenceNode list || list.Children.Any(child => child is not YamlScalarNode))
        {
            Refuse(key, "expected a list: [one, two]");
            return fallback;
        }
        return [.. list.Children.Select(child => ((YamlScalarNode)child).Value ?? "")];
    }

    /// <summary>Numbers in square brackets, such as a point [x, y].</summary>
    public double[]? Numbers(string key, int count, double minimum, double maximum, string shape) =>
        Find(key) is { } node ? ReadNumbers(node, Join(key), count, minimum, maximum, shape) : null;

    public double[] RequiredNumbers(string key, int count, double minimum, double maximum, string shape)
    {
        if (!Has(key))
            _errors.Add(_node, Path, $"'{key}' is missing: write {key}: {shape}");
        return Numbers(key, count, minimum, maximum, shape) ?? new double[count];
    }

    /// <summary>A list of such number groups, or of a mapping's values by name.</summary>
    public IReadOnlyList<double[]> NumberLists(string key, int count, double minimum, double maximum, string shape)
    {
        if (Find(key) is not { } node)
            return [];
        if (node is not YamlSequenceNode list)
        {
            Refuse(key, $"expected a list of {shape}");
            return [];
        }
        return [.. list.Children.Select((child, index) => ReadNumbers(child, $"{Join(key)}[{index}]", count, minimum, maximum, shape) ?? new double[count])];
    }

    /// <summary>The mapping under a key; an empty one where the key is absent.</summary>
    public Section Child(string key)
    {
        switch (Find(key))
        {
            case YamlMappingNode mapping: return new Section(mapping, Join(key), _errors);
            case null: break;
            case YamlScalarNode { Value: null or "" }: break; // "audio:" with nothing under it
            default: Refuse(key, "expected a mapping of keys and values below it"); break;
        }
        return new Section([], Join(key), _errors);
    }

    public IEnumerable<Section> Children(string key)
    {
        if (Find(key) is not { } node)
            yield break;
        if (node is not YamlSequenceNode list)
        {
            Refuse(key, "expected a list, each entry beginning with '-'");
            yield break;
        }
        for (var i = 0; i < list.Children.Count; i++)
        {
            if (list.Children[i] is YamlMappingNode mapping)
                yield return new Section(mapping, $"{Join(key)}[{i}]", _errors);
            else
                _errors.Add(list.Children[i], $"{Join(key)}[{i}]", "expected a mapping of keys and values");
        }
    }

    public bool IsMapping(string key) => Find(key) is YamlMappingNode;

    /// <summary>Notes an error at a key's value, or at the section where the key is absent.</summary>
    public void Refuse(string key, string problem) => _errors.Add(Find(key) ?? _node, Join(key), problem);

    /// <summary>Refuses keys that nobody asked for.</summary>
    public void Close()
    {
        foreach (var key in _node.Children.Keys)
        {
            var name = (key as YamlScalarNode)?.Value ?? "";
            if (!_known.Contains(name))
                _errors.Add(key, Join(name), $"unknown key{DidYouMean(name, _known).TrimEnd('?')}; allowed here: {string.Join(", ", _known)}");
        }
    }

    public static string DidYouMean(string written, IEnumerable<string> allowed) =>
        NearestWord.Of(written, allowed) is { } word ? $"; did you mean '{word}'?" : "";

    private string Join(string key) => Path.Length == 0 ? key : $"{Path}.{key}";

    private YamlNode? Find(string key)
    {
        _known.Add(key);
        return _node.Children.TryGetValue(new YamlScalarNode(key), out var node) ? node : null;
    }

    private YamlScalarNode? Scalar(string key)
    {
        switch (Find(key))
        {
            case null: return null;
            case YamlScalarNode { Value: { Length: > 0 } } scalar: return scalar;
            case YamlScalarNode: Refuse(key, "has no value"); return null;
            default: Refuse(key, "expected one value, not a list or mapping"); return null;
        }
    }

    private double[]? ReadNumbers(YamlNode node, string path, int count, double minimum, double maximum, string shape)
    {
        if (node is not YamlSequenceNode list || list.Children.Count != count || list.Children.Any(child => child is not YamlScalarNode))
        {
            _errors.Add(node, path, $"expected {shape}");
            return null;
        }
        return [.. list.Children.Select(child => ReadNumber((YamlScalarNode)child, path, 0, minimum, maximum))];
    }

    private double ReadNumber(YamlScalarNode scalar, string path, double fallback, double minimum, double maximum)
    {
        if (!double.TryParse(scalar.Value, NumberStyles.Float, CultureInfo.InvariantCulture, out var number) || !double.IsFinite(number))
            _errors.Add(scalar, path, $"'{scalar.Value}' is not a number");
        else if (number < minimum || number > maximum)
            _errors.Add(scalar, path, string.Create(CultureInfo.InvariantCulture, $"{number} is out of range: write {minimum} to {maximum}"));
        else
            return number;
        return fallback;
    }
}
