namespace EdgeMas.Audio.Native;

/// <param name="Word">A word, or a filler such as <c>&lt;sil&gt;</c>.</param>
/// <param name="First">First frame of 10 ms; likewise <paramref name="Last"/>, included.</param>
/// <param name="Score">Acoustic log-likelihood of all its frames, nats, relative to the best sound of each frame.</param>
internal readonly record struct SphinxSegment(string Word, int First, int Last, double Score)
{
    internal int Frames => Last - First + 1;

    /// <summary>Silence, noise, or a grammar's empty transition.</summary>
    internal bool IsFiller => Word.Length == 0 || Word[0] is '<' or '(' or '[' or '+';
}
