namespace EdgeMas.Audio.Synthesis;

/// <summary>How espeak-ng speaks.</summary>
public sealed record EspeakOptions
{
    /// <summary>As <c>espeak-ng --voices</c> lists them.</summary>
    public string Voice { get; init; } = "en-us";

    /// <summary>80 to 450.</summary>
    public int WordsPerMinute { get; init; } = 150;
}
