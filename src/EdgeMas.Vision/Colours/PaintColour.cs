namespace EdgeMas.Vision.Colours;

/// <summary>A colour as people name it: a range of hues, wide in brightness because things have a dark side.</summary>
/// <param name="MinHue">0 to 179, half degrees as OpenCV counts them; likewise <paramref name="MaxHue"/>, which may be less: the range then runs through 0.</param>
/// <param name="MinSaturation">0 to 255: less is grey, or the sky, or grass.</param>
/// <param name="MinValue">0 to 255: darker pixels have no colour.</param>
/// <param name="MinBrightest">The lit side of a thing is at least this bright.</param>
/// <param name="MaxSaturation">0 to 255: brown is a weak orange, however light falls on it.</param>
internal sealed record PaintColour(string Name, int MinHue, int MaxHue, int MinSaturation, int MinValue, int MinBrightest, int MaxSaturation = 255)
{
    /// <summary>A blob of this colour inside of one of that colour is where the light is mirrored; null for none.</summary>
    public string? GlossOn { get; init; }

    public static IReadOnlyList<PaintColour> All { get; } =
    [
        new("red", 171, 7, 120, 30, 70),
        new("orange", 8, 20, 190, 30, 80),
        new("brown", 5, 20, 100, 20, 32, 186) { GlossOn = "orange" },
        new("yellow", 21, 34, 140, 35, 75),
        new("green", 45, 90, 125, 30, 60),
        new("blue", 100, 128, 145, 28, 60),
        new("purple", 130, 160, 95, 28, 55),
    ];
}
