using EdgeMas.Core.Messages;
using EdgeMas.Inference.Native;
using EdgeMas.Inference.Prefixes;
using EdgeMas.Inference.Speculation;

namespace EdgeMas.Inference.Engine;

/// <summary>
/// Composes the next batch: in order of urgency the tokens that were chosen or forced, and pieces of prompts, so many that it takes no longer than a request that
/// comes meanwhile may wait. While a safety request runs, nothing else does. The engine's thread only; allocates nothing.
/// </summary>
/// <param name="grain">Above 1: a batch holds tokens of one request, its prompt in pieces that end at multiples of this, whatever others do.</param>
/// <param name="guesswork">Null for none.</param>
/// <param name="canGiveUp">A batch under way can be given up for a safety request.</param>
/// <param name="longest">Seconds that a batch may take.</param>
internal sealed class BatchPlan(NativeContext context, PrefixTree tree, StepCost cost, int rows, int grain, bool canGiveUp, double longest, Guesswork? guesswork)
{
    /// <summary>While no output is written prompts are computed so many tiles at a time: nobody's next token waits for them.</summary>
    private const int AloneTiles = 2;

    private readonly PlannedPart[] _parts = new PlannedPart[rows];
    private int _count;

    internal ReadOnlySpan<PlannedPart> Parts => _parts.AsSpan(0, _count);

    internal int Tokens { get; private set; }

    /// <summary>That of the most urgent request in it.</summary>
    internal MessagePriority Urgency { get; private set; }

    /// <summary>Times that a request had to give up its memory.</summary>
    internal long Preemptions { get; private set; }

    /// <param name="running">Is sorted.</param>
    /// <param name="step">Number of the batch.</param>
    internal void Compose(Span<AgentSequence> running, long step)
    {
        Sort(running);
        _count = 0;
        Tokens = 0;
        Urgency = MessagePriority.Background;
        context.Begin();
        var least = running[0].Urgency == MessagePriority.Safety ? MessagePriority.Safety : MessagePriority.Background;
        var outputs = grain > 1 ? 0 : OutputsOf(running, least);
        var budget = cost.TokensWithin(longest, !canGiveUp ? StepCost.Least : outputs > 0 ? StepCost.Tile : AloneTiles * StepCost.Tile);
        var isFirstPrompt = true;
        for (var i = 0; i < running.Length; i++)
        {
            var sequence = running[i];
            if (sequence.Node is null || sequence.Urgency > least || (grain > 1 && _count > 0))
                continue;
            var wanted = Math.Min(sequence.Pending, context.BatchCapacity - Tokens);
            if (grain > 1)
            {
                wanted = Math.Min(wanted, ToNextGrain(sequence));
            }
            else if (sequence.IsGenerating)
            {
                outputs -= sequence.Pending;
            }
            else
            {
                wanted = Math.Min(wanted, Math.Max(budget - Tokens - outputs, isFirstPrompt ? StepCost.Least : 0));
                if (sequence.Urgency < sequence.Job.Request.Priority)
                    wanted = Math.Min(wanted, Math.Max(1, sequence.WantedUntil - sequence.Computed));
                isFirstPrompt = false;
            }
            Add(sequence, Fit(running, i, wanted, step), step);
        }
        if (guesswork is not null)
            AddGuesses(guesswork);
    }

    /// <summary>Adds tokens that are only guessed, where they cost less than they will save; nobody gives up memory for them.</summary>
    private void AddGuesses(Guesswork guesswork)
    {
        var rowsLeft = Guesswork.MostTogether;
        var outputs = 0.0;
        foreach (ref readonly var part in Parts)
            outputs += part.Place < 0 ? 0 : 1;
        for (var i = 0; i < _count; i++)
        {
            var part = _parts[i];
            var sequence = part.Sequence;
            if (part.Place < 0 || !sequence.HasFirst)
                continue;
            var room = Math.Min(Math.Min(rowsLeft, sequence.Guessable), Math.Min(context.BatchCapacity, tree.Cells - tree.Used) - Tokens);
            var guessed = guesswork.Guess(sequence, room, Tokens, outputs, cost);
            if (guessed == 0)
                continue;
            var first = -1;
            for (var guess = 0; guess < guessed; guess++)
            {
                var place = context.Add(sequence.Guesses[guess], sequence.Known + guess, sequence.Node!.Sequence, output: true);
                first = guess == 0 ? place : first;
            }
            _parts[i] = part with { Guessed = guessed, GuessPlace = first };
            Tokens += guessed;
            rowsLeft -= guessed;
            outputs += sequence.Record.Expected(guessed);
        }
    }

    private static int OutputsOf(ReadOnlySpan<AgentSequence> running, MessagePriority least)
    {
        var tokens = 0;
        foreach (var sequence in running)
        {
            if (sequence.Node is not null && sequence.Urgency <= least && sequence.IsGenerating)
                tokens += sequence.Pending;
        }
        return tokens;
    }

    private int ToNextGrain(AgentSequence sequence) => sequence.Computed < sequence.PromptTokens
        ? Math.Min(grain - (sequence.Computed % grain), sequence.PromptTokens - sequence.Computed)
        : sequence.Pending;

    /// <summary>As many of the tokens as there are cells for, after less urgent requests, or where none fits at all later ones, gave up theirs.</summary>
    private int Fit(ReadOnlySpan<AgentSequence> running, int index, int wanted, long step)
    {
        while (!tree.MakeRoom(Tokens + wanted))
        {
            if (VictimFor(running, index, step) is not { } victim)
                return Math.Min(wanted, tree.Cells - tree.Used - Tokens);
            tree.Drop(victim.Node!);
            victim.Node = null;
            victim.Computed = 0;
            victim.IsPaused = true;
            Preemptions++;
        }
        return wanted;
    }

    private AgentSequence? VictimFor(ReadOnlySpan<AgentSequence> running, int index, long step)
    {
        for (var i = running.Length - 1; i > index; i--)
        {
            if (running[i] is { Node: not null } victim && victim.LastStep != step && (victim.Urgency > running[index].Urgency || _count == 0))
                return victim;
        }
        return null;
    }

    private void Add(AgentSequence sequence, int tokens, long step)
    {
        if (tokens <= 0)
            return;
        var place = -1;
        var end = sequence.Computed + tokens;
        for (var position = sequence.Computed; position < end; position++)
            place = context.Add(sequence.Buffer[position], position, sequence.Node!.Sequence, output: position == sequence.Known - 1);
        _parts[_count++] = new PlannedPart(sequence, sequence.Computed, tokens, end == sequence.Known ? place : -1);
        Tokens += tokens;
        Urgency = sequence.Urgency < Urgency ? sequence.Urgency : Urgency;
        sequence.LastStep = step;
    }

    /// <summary>By insertion: few requests run, and they are nearly sorted.</summary>
    private void Sort(Span<AgentSequence> running)
    {
        for (var i = 1; i < running.Length; i++)
        {
            var moving = running[i];
            var at = i;
            for (; at > 0 && Precedes(moving, running[at - 1]); at--)
                running[at] = running[at - 1];
            running[at] = moving;
        }
    }

    private bool Precedes(AgentSequence a, AgentSequence b)
    {
        if (a.Urgency != b.Urgency)
            return a.Urgency < b.Urgency;
        if (a.Job.Due == b.Job.Due && grain > 1)
            return a.LastStep < b.LastStep; // in turn
        return GenerationJob.Precedes(a.Job, b.Job);
    }
}
