using System.Collections.Concurrent;
using System.Runtime.CompilerServices;
using EdgeMas.Core.Models;
using EdgeMas.Grammar.Automata;
using EdgeMas.Grammar.Numbers;
using EdgeMas.Grammar.Strings;
using EdgeMas.Grammar.Values;

namespace EdgeMas.Grammar.Vocabulary;

/// <summary>A model's tokens, prepared for masks: made once for a model and shared by all grammars and sequences. Any thread.</summary>
public sealed class TokenVocabulary
{
    /// <summary>States of one automaton whose slices are kept.</summary>
    private const int MaxSlices = 512;

    private readonly ITokenizer _tokenizer;
    private readonly ConditionalWeakTable<Automaton, ConcurrentDictionary<int, StateSlice>> _slices = [];
    private readonly TextSlice _beforeText;
    private readonly TextSlice _insideText;

    /// <summary>Reads all tokens and prepares what strings of any schema need: half a second for 150,000 tokens.</summary>
    public TokenVocabulary(ITokenizer tokenizer)
    {
        ArgumentNullException.ThrowIfNull(tokenizer);
        _tokenizer = tokenizer;
        Count = tokenizer.VocabularySize;
        All = TokenTrie.Build(Enumerable.Range(0, Count).Select(token => (tokenizer.TokenBytes(token), token)));
        Written = new AlphabetTokens(All, Words);
        BeyondText = TokenTrie.Build(Enumerable.Range(0, All.Count).Where(node => (All.Nodes[node].Whole & 1) == 0).SelectMany(node => All.TokensAt(node).ToArray()).Select(token => (tokenizer.TokenBytes(token), token)));
        _beforeText = TextSlice.Compute(this, FreeString.Counting, FreeString.Counting.Start);
        _insideText = TextSlice.Compute(this, FreeString.Counting, FreeString.Opened);
        foreach (var common in (ReadOnlySpan<Dfa>)[StringSpelling.All, .. Punctuation.Free.All, .. Punctuation.Compact.All, NumberLanguage.Free, NumberLanguage.WholeOnly])
        {
            for (var state = 0; state < common.Count; state++)
                SliceOf(common, state).Exits.Merge();
        }
        Rehearsal.Run(this);
    }

    /// <summary>Tokens of the vocabulary, control tokens included.</summary>
    public int Count { get; }

    internal TokenTrie All { get; }

    /// <summary>Tokens that are not written over the first alphabet.</summary>
    internal TokenTrie BeyondText { get; }

    internal AlphabetTokens Written { get; }

    /// <summary>Words of a mask.</summary>
    internal int Words => (Count + 31) / 32;

    internal ReadOnlyMemory<byte> BytesOf(int token) => _tokenizer.TokenBytes(token);

    internal int[] Tokenize(string text) => _tokenizer.Tokenize(text);

    internal TextSlice TextOf(bool isOpen) => isOpen ? _insideText : _beforeText;

    internal StateSlice SliceOf(Automaton automaton, int state)
    {
        var (owner, representative) = automaton.Representative(state);
        var slices = _slices.GetValue(owner, static _ => new ConcurrentDictionary<int, StateSlice>());
        if (slices.TryGetValue(representative, out var known))
            return known;
        var slice = StateSlice.Compute(this, owner, representative);
        if (slices.Count < MaxSlices)
            slices.TryAdd(representative, slice);
        return slice;
    }
}
