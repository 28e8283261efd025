namespace EdgeMas.Host.Checkup;

/// <summary>One line of a check-up.</summary>
/// <param name="Check">What was looked at, such as <c>llama.cpp</c>.</param>
/// <param name="Mend">What to do; null where the text says it, or nothing is to be done.</param>
internal sealed record Finding(string Check, Verdict Verdict, string Text, string? Mend = null)
{
    public static Finding Ok(string check, string text) => new(check, Verdict.Ok, text);

    /// <summary>Something is missing: bad where the configuration needs it, worth a word elsewhere.</summary>
    public static Finding Lacking(string check, bool needed, string text, string? mend = null) => new(check, needed ? Verdict.Failed : Verdict.Warning, text, mend);
}
