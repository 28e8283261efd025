namespace EdgeMas.Inference.Prefixes;

/// <summary>The tokens of a prompt and output of an earlier process, while their cells are put back.</summary>
internal sealed class RestoredTokens : LiveTokens
{
    internal RestoredTokens(int[] tokens, int adapter) : base(tokens.Length)
    {
        Adapter = adapter;
        tokens.CopyTo(Buffer, 0);
        Known = tokens.Length;
    }
}
