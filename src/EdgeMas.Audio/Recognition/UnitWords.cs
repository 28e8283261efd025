using System.Collections.Frozen;

namespace EdgeMas.Audio.Recognition;

/// <summary>How people name the units of UCUM that skills use.</summary>
internal static class UnitWords
{
    private static readonly FrozenDictionary<string, string[]> Words = new Dictionary<string, string[]>(StringComparer.Ordinal)
    {
        ["m"] = ["meter", "meters", "centimeter", "centimeters"],
        ["cm"] = ["centimeter", "centimeters"],
        ["mm"] = ["millimeter", "millimeters"],
        ["km"] = ["kilometer", "kilometers"],
        ["s"] = ["second", "seconds", "minute", "minutes"],
        ["min"] = ["minute", "minutes"],
        ["h"] = ["hour", "hours"],
        ["deg"] = ["degree", "degrees"],
        ["m/s"] = ["meter per second", "meters per second"],
        ["%"] = ["percent"],
        ["kg"] = ["kilogram", "kilograms"],
        ["V"] = ["volt", "volts"],
        ["Hz"] = ["hertz"],
    }.ToFrozenDictionary(StringComparer.Ordinal);

    /// <returns>Spoken forms, the singular first; empty for no unit or one that is not known here.</returns>
    internal static IReadOnlyList<string> Of(string? unit) => unit is not null && Words.TryGetValue(unit, out var words) ? words : [];
}
