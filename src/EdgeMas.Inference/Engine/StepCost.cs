namespace EdgeMas.Inference.Engine;

/// <summary>
/// What a batch costs, learned from those computed so far: a fixed time, for reading the weights, and a time for each token; least squares in which old batches
/// fade. The engine's thread only.
/// </summary>
/// <param name="thrifty">As many tokens are computed at once, however long it takes: fewer would read the weights too often. On a slow or busy computer batches of
/// 8 tokens would teach that each one costs the same, and stay at 8. Only where a batch can be given up for a safety request.</param>
internal sealed class StepCost(int most, int thrifty = StepCost.Least)
{
    /// <summary>Tokens computed at once before anything is known, and at least.</summary>
    internal const int FirstGuess = 32;
    internal const int Least = 8;
    internal const int Thrifty = Tile;

    /// <summary>llama.cpp's matrix kernels cut a batch into tiles of 16 tokens for the weights and of 6 for the attention: 47, or 32, take longer than their share of 48.</summary>
    private const int Tile = 48;

    private const double Fading = 0.98;

    private double _weight, _tokens, _seconds, _squares, _products;

    /// <summary>After a batch was given up for an urgent request the next ones are smaller, so that frequent urgent requests do not stop the others for ever.</summary>
    private int _caution = 1;

    internal void Observe(int tokens, double seconds)
    {
        _weight = (_weight * Fading) + 1;
        _tokens = (_tokens * Fading) + tokens;
        _seconds = (_seconds * Fading) + seconds;
        _squares = (_squares * Fading) + ((double)tokens * tokens);
        _products = (_products * Fading) + (tokens * seconds);
        _caution = Math.Max(1, _caution / 2);
    }

    internal void ObserveAbort() => _caution = Math.Min(most, _caution * 2);

    /// <summary>Tokens of a batch that takes no longer than this, as far as is known; at least a few, and whole tiles where there are enough.</summary>
    internal int TokensWithin(double seconds)
    {
        if (_weight == 0)
            return Math.Min(FirstGuess, most);
        var (fixedSeconds, each) = Estimate();
        var tokens = (int)Math.Clamp((seconds - fixedSeconds) / each / _caution, Math.Min(Math.Max(Least, thrifty / _caution), most), most);
        return tokens < Tile ? tokens : tokens - (tokens % Tile);
    }

    /// <summary>0 while nothing is known.</summary>
    internal double SecondsOf(int tokens)
    {
        if (_weight == 0)
            return 0;
        var (fixedSeconds, each) = Estimate();
        return fixedSeconds + (tokens * each);
    }

    private (double Fixed, double Each) Estimate()
    {
        var spread = (_weight * _squares) - (_tokens * _tokens);
        var each = spread > 1e-9 * _weight * _squares ? ((_weight * _products) - (_tokens * _seconds)) / spread : 0;
        var fixedSeconds = (_seconds - (each * _tokens)) / _weight;
        return each > 0 && fixedSeconds >= 0 ? (fixedSeconds, each) : (0, Math.Max(_seconds / _tokens, 1e-9));
    }
}
