using EdgeMas.Core.Skills;

namespace EdgeMas.Reasoning.Quantities;

/// <summary>In which unit a skill's number is given: its <c>x-unit</c>, else the end of its name (<c>distance_m</c>, <c>seconds</c>), else what its name or description speaks of.</summary>
internal static class ParameterUnits
{
    /// <returns>Null where nothing tells.</returns>
    internal static Unit? Of(SkillParameter parameter)
    {
        if (parameter.Unit is { } symbol)
            return Units.ByWord.GetValueOrDefault(symbol) ?? Compound(symbol);
        var words = SplitName(parameter.Name);
        return FromSuffix(words) ?? FromDescription(parameter.Description) ?? FromMeaning(words);
    }

    /// <summary>The words of <c>snake_case</c>, <c>camelCase</c> and <c>kebab-case</c> names, in lower case.</summary>
    internal static List<string> SplitName(string name)
    {
        var words = new List<string>();
        var from = 0;
        for (var i = 1; i <= name.Length; i++)
        {
            var ends = i == name.Length || name[i] is '_' or '-' or '.' || (char.IsUpper(name[i]) && !char.IsUpper(name[i - 1]));
            if (!ends)
                continue;
            if (name[from..i].Trim('_', '-', '.') is { Length: > 0 } word)
                words.Add(word.ToLowerInvariant());
            from = i;
        }
        return words;
    }

    private static Unit? FromSuffix(List<string> words)
    {
        if (words.Count == 0)
            return null;
        var last = words[^1];
        if (words.Count >= 3 && Compound($"{words[^2]}/{last}") is { } speed) // speed_mm_s
            return speed;
        if (last is "c" or "celsius" && words.Count > 1)
            return Units.Celsius;
        if (last is "times" or "count" or "repeats" or "repetitions" or "passes" or "cycles")
            return Units.Times;
        // one letter alone is a name, behind another word it is a unit: duration_s, but not "s"
        return last.Length > 1 || words.Count > 1 ? Units.ByWord.GetValueOrDefault(last) : null;
    }

    private static Unit? FromDescription(string? description)
    {
        if (description is null)
            return null;
        foreach (var token in QuantityTokens.Split(description))
        {
            if (token.Length > 2 && Units.ByWord.TryGetValue(token, out var unit) && !string.Equals(token, "second", StringComparison.Ordinal))
                return unit;
        }
        return null;
    }

    private static Unit? FromMeaning(List<string> words) => words.Select(word => word switch
    {
        "distance" or "dist" or "height" or "altitude" or "depth" or "length" or "width" or "radius" => Units.Metre,
        "angle" or "heading" or "bearing" or "yaw" or "pitch" or "pan" or "tilt" or "azimuth" => Units.Degree,
        "duration" or "time" or "delay" or "timeout" => Units.Second,
        "speed" or "velocity" => Units.MetrePerSecond,
        "percentage" or "brightness" => Units.Percent,
        _ => null,
    }).FirstOrDefault(unit => unit is not null);

    private static Unit? Compound(string symbol)
    {
        var parts = symbol.Split('/');
        return parts.Length == 2 && Units.ByWord.TryGetValue(parts[0], out var way) && Units.ByWord.TryGetValue(parts[1], out var time) ? Units.Per(way, time) : null;
    }
}
