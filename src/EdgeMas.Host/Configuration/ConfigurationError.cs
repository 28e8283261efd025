namespace EdgeMas.Host.Configuration;

/// <summary>One thing wrong in a configuration file.</summary>
/// <param name="Line">From 1; likewise the column.</param>
/// <param name="Key">Path of the offending key, such as <c>world.balls[1].color</c>.</param>
/// <param name="Problem">What is wrong, what is allowed, and how to mend it.</param>
internal sealed record ConfigurationError(string File, long Line, long Column, string Key, string Problem)
{
    public override string ToString() => $"{File}:{Line}:{Column}: {(Key.Length == 0 ? "" : Key + ": ")}{Problem}";
}
