using System.Collections.Concurrent;
using EdgeMas.Grammar.Machine;

namespace EdgeMas.Grammar.Vocabulary;

/// <summary>Masks of one grammar's states over one vocabulary: computed when first asked for, kept, and shared by all sequences. Any thread.</summary>
internal sealed class MaskSource(GrammarMachine machine, TokenVocabulary vocabulary, long maxKept = MaskSource.MaxKept)
{
    /// <summary>Bytes of masks that are kept; with more, the oldest are dropped.</summary>
    private const long MaxKept = 64L << 20;

    /// <summary>What a state takes that is held for its mask.</summary>
    private const int StateBytes = 2_304;

    private readonly ConcurrentQueue<(GrammarState State, int Size)> _kept = [];
    [ThreadStatic]
    private static MaskBuilder? _builder;

    private readonly ThreadWalk _walk = new(machine, vocabulary);
    private long _keptBytes;

    /// <summary>Bytes of the masks that are kept now.</summary>
    internal long KeptBytes => Interlocked.Read(ref _keptBytes);

    internal GrammarMachine Machine => machine;

    internal TokenVocabulary Vocabulary => vocabulary;

    /// <param name="mask">At least as many words as the vocabulary has; all are written.</param>
    internal void Fill(GrammarState state, Span<uint> mask)
    {
        if (state.Mask is { } known && ReferenceEquals(known.Owner, this))
        {
            known.Mask.CopyTo(mask);
            return;
        }
        var builder = _builder ??= new MaskBuilder();
        builder.Clear(); // a walk that failed may have left something
        _walk.MarkAll(state.Threads, builder);
        var made = builder.TakeSince(default, vocabulary.Words, []);
        made.CopyTo(mask);
        Keep(state, made);
    }

    /// <summary>Tokens that the state forces, in order.</summary>
    internal int[] ForcedIn(GrammarState state)
    {
        if (state.Forced is { } known && ReferenceEquals(known.Owner, this))
            return known.Tokens;
        var tokens = Constraints.ForcedRun.Compute(this, state);
        state.Forced = new StateForced(this, tokens);
        return tokens;
    }

    /// <summary>Some token begins with the text and goes on with what the state behind the text allows.</summary>
    internal bool CanReachBeyond(ReadOnlySpan<byte> text, GrammarState behind)
    {
        var trie = vocabulary.All;
        var node = -1;
        foreach (var next in text)
        {
            node = trie.Child(node, next);
            if (node < 0)
                return false;
        }
        if (trie.Nodes[node].Height == 0)
            return false;
        var builder = new MaskBuilder();
        _walk.MarkBelow(node, behind.Threads, builder);
        return !builder.IsEmpty;
    }

    private void Keep(GrammarState state, TokenMask mask)
    {
        state.Mask = new StateMask(this, mask);
        var size = mask.Size + StateBytes;
        _kept.Enqueue((state, size));
        var bytes = Interlocked.Add(ref _keptBytes, size);
        while (bytes > maxKept && _kept.TryDequeue(out var oldest))
        {
            oldest.State.Mask = null;
            bytes = Interlocked.Add(ref _keptBytes, -oldest.Size);
        }
    }
}
