using EdgeMas.Core.Messages;

namespace EdgeMas.Inference.Engine;

/// <summary>
/// Says whose adapter the next batch is computed with: among the most urgent requests each adapter has a few batches in turn, what is due first goes first, and
/// less urgent ones are not left out for ever. The engine's thread only; allocates nothing.
/// </summary>
internal sealed class AdapterTurns(int adapters)
{
    /// <summary>Batches in a row, where others wait: a change costs llama.cpp some milliseconds.</summary>
    internal const int Row = 4;

    /// <summary>Batches after which a less urgent request's adapter has one too, unless it is about safety.</summary>
    internal const int Patience = 16;

    private readonly int[] _waited = new int[adapters];
    private readonly bool[] _wanted = new bool[adapters];
    private int _current;
    private int _inRow;

    /// <param name="running">In the order in which they are to be computed, at least one.</param>
    /// <param name="inTurn">They take turns already: the first one's.</param>
    internal int Next(ReadOnlySpan<AgentSequence> running, bool inTurn)
    {
        if (adapters == 1)
            return 0;
        var chosen = inTurn ? FirstOf(running) : ChooseFor(running);
        for (var i = 0; i < adapters; i++)
            _waited[i] = _wanted[i] && i != chosen ? _waited[i] + 1 : 0;
        return Turn(chosen);
    }

    /// <summary>The first one's, where the chosen one's requests cannot go on.</summary>
    internal int First(ReadOnlySpan<AgentSequence> running) => Turn(FirstOf(running));

    private int Turn(int chosen)
    {
        _inRow = chosen == _current ? _inRow + 1 : 1;
        return _current = chosen;
    }

    private int FirstOf(ReadOnlySpan<AgentSequence> running)
    {
        foreach (var sequence in running)
        {
            if (sequence.Node is not null)
                return sequence.Adapter;
        }
        return _current;
    }

    private int ChooseFor(ReadOnlySpan<AgentSequence> running)
    {
        Array.Clear(_wanted);
        AgentSequence? first = null;
        var chosen = _current;
        var stays = false;
        foreach (var sequence in running)
        {
            if (sequence.Node is null)
                continue;
            _wanted[sequence.Adapter] = true;
            first ??= sequence;
            if (sequence.Urgency != first.Urgency)
                continue;
            stays |= sequence.Adapter == _current;
            if (first == sequence || _waited[sequence.Adapter] > _waited[chosen])
                chosen = sequence.Adapter;
        }
        if (first is null)
            return _current;
        if (first.Urgency == MessagePriority.Safety)
            return first.Adapter;
        for (var i = 0; i < adapters; i++)
        {
            if (_wanted[i] && _waited[i] >= Patience)
                return i;
        }
        return first.Job.Due != long.MaxValue ? first.Adapter : stays && _inRow < Row ? _current : chosen;
    }
}
