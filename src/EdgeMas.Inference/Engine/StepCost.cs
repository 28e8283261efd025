namespace EdgeMas.Inference.Engine;

/// <summary>
/// What a batch costs, learned from those computed so far: a fixed time, for reading the weights, and a time for each token; least squares in which old batches
/// fade. And how large a batch may be and still end before the next urgent request comes. The engine's thread only.
/// </summary>
internal sealed class StepCost(int most)
{
    /// <summary>Tokens computed at once before anything is known, and at least where batches cannot be given up.</summary>
    internal const int FirstGuess = 32;
    internal const int Least = 8;

    /// <summary>From so many tokens on llama.cpp's attention works in tiles of as many (GGML_FA_TILE_Q): 63 take longer than 64, 100 as long as 128.</summary>
    internal const int Tile = 64;

    private const double Fading = 0.98;
    private const double Growth = 1.25;

    private double _weight, _tokens, _seconds, _squares, _products;
    private double _limit = most;
    private bool _lastWasGivenUp;

    internal void Observe(int tokens, double seconds)
    {
        _weight = (_weight * Fading) + 1;
        _tokens = (_tokens * Fading) + tokens;
        _seconds = (_seconds * Fading) + seconds;
        _squares = (_squares * Fading) + ((double)tokens * tokens);
        _products = (_products * Fading) + (tokens * seconds);
    }

    /// <summary>A batch ended that an urgent request would have ended early.</summary>
    internal void ObserveWhole()
    {
        _lastWasGivenUp = false;
        _limit = Math.Min(most, _limit * Growth);
    }

    /// <summary>A batch was given up. One is bad luck; where it happens to one after the other the next are smaller, so that frequent urgent requests do not stop the
    /// others for ever: a few tokens end so soon that nobody gives them up.</summary>
    internal void ObserveAbort(int tokens)
    {
        if (_lastWasGivenUp)
            _limit = Math.Max(1, Math.Min(_limit, tokens) / 2);
        _lastWasGivenUp = true;
    }

    /// <summary>Tokens of a batch that takes no longer than this, as far as is known, or so many as are worth the reading of the weights; whole tiles where there are enough.</summary>
    /// <param name="thrifty">As many are computed at once however long it takes. On a slow or busy computer batches of 8 tokens would teach that each one costs the
    /// same, and stay at 8.</param>
    internal int TokensWithin(double seconds, int thrifty)
    {
        var tokens = (double)Math.Max(FirstGuess, thrifty);
        if (_weight > 0)
        {
            var (fixedSeconds, each) = Estimate();
            tokens = Math.Max((seconds - fixedSeconds) / each, thrifty);
        }
        var whole = (int)Math.Min(Math.Min(tokens, most), _limit);
        return whole < Tile ? whole : whole - (whole % Tile);
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
