using EdgeMas.Inference.Engine;

namespace EdgeMas.Inference.Speculation;

/// <summary>
/// Guesses tokens of all agents. They are computed beside the chosen ones and then chosen anew, each from its own logits: a guess changes how many tokens a batch
/// gives, never which. The engine's thread only.
/// </summary>
/// <param name="always">Guesses wherever it can, whatever it costs. For tests.</param>
internal sealed class Guesswork(bool always)
{
    /// <summary>Guessed tokens of one request in a batch, and of all together: each needs room for a row of logits.</summary>
    internal const int MostOfOne = 8;
    internal const int MostTogether = 16;

    private const int MostAgents = 1024;

    private readonly NgramTable _table = new();
    private readonly Dictionary<string, GuessRecord> _records = new(StringComparer.Ordinal);

    /// <summary>Tokens guessed and computed, and those of them that were right.</summary>
    internal long Guessed { get; private set; }

    internal long Right { get; private set; }

    /// <summary>That of an agent; a new one for a new agent. Allocates.</summary>
    internal GuessRecord RecordOf(string agent)
    {
        if (_records.TryGetValue(agent, out var record))
            return record;
        if (_records.Count >= MostAgents)
            _records.Clear();
        return _records[agent] = new GuessRecord();
    }

    /// <summary>Guesses how a request goes on, into its <see cref="AgentSequence.Guesses"/>.</summary>
    /// <param name="most">Tokens that there is room for.</param>
    /// <param name="tokens">In the batch already.</param>
    /// <param name="outputs">That it will give so far.</param>
    /// <returns>Tokens to compute.</returns>
    internal int Guess(AgentSequence sequence, int most, int tokens, double outputs, StepCost cost)
    {
        if (most <= 0)
            return 0;
        var draft = sequence.Guesses.AsSpan();
        var guessed = PromptLookup.Propose(sequence.Buffer.AsSpan(0, sequence.Known), _table, draft[..Math.Min(most, draft.Length)]);
        return always ? guessed : sequence.Record.Worthwhile(guessed, tokens, outputs, cost);
    }

    /// <summary>Tokens were chosen.</summary>
    /// <param name="from">The first of them.</param>
    internal void Learn(AgentSequence sequence, int from, int guessed, int right)
    {
        _table.Learn(sequence.Buffer.AsSpan(0, sequence.Known), from);
        if (guessed == 0)
            return;
        sequence.Record.Observe(guessed, right);
        Guessed += guessed;
        Right += right;
    }
}
