namespace EdgeMas.Simulation.Rendering;

/// <summary>A surface's own colour in sRGB, before light falls on it.</summary>
public readonly record struct Colour(byte Red, byte Green, byte Blue)
{
    private static readonly Dictionary<string, Colour> Names = new(StringComparer.OrdinalIgnoreCase)
    {
        ["red"] = new(204, 28, 26),
        ["green"] = new(24, 158, 66),
        ["blue"] = new(30, 70, 205),
        ["yellow"] = new(238, 208, 26),
        ["orange"] = new(240, 118, 16),
        ["purple"] = new(126, 40, 172),
        ["white"] = new(236, 236, 232),
        ["black"] = new(34, 34, 36),
        ["gray"] = new(140, 140, 140),
        ["grey"] = new(140, 140, 140),
        ["pink"] = new(232, 120, 160),
        ["brown"] = new(118, 78, 48),
    };

    /// <summary>Names that <see cref="FromName"/> knows: paint that people would call so in daylight.</summary>
    public static IReadOnlyCollection<string> Known => Names.Keys;

    /// <exception cref="FormatException">No such colour; the message lists those there are.</exception>
    public static Colour FromName(string name) => Names.TryGetValue(name, out var colour)
        ? colour
        : throw new FormatException($"'{name}' is no known colour: use one of {string.Join(", ", Names.Keys)}");
}
