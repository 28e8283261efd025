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

    /// <summary>Forced texts whose tokens are kept; then all are forgotten and collected anew.</summary>
    private const int MaxForced = 1_024;

    private readonly ITokenizer _tokenizer;
    private readonly ConcurrentDictionary<string, int[]> _forced = new(StringComparer.Ordinal);
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
        Unwritable = FirstUnwritable(All);
        Written = new AlphabetTokens(All, Words);
        BeyondText = TokenTrie.Build(Enumerable.Range(0, All.Count).Where(node => (All.Nodes[node].Whole & 1) == 0).SelectMany(node => All.TokensAt(node).ToArray()).Select(token => (tokenizer.TokenBytes(token), token)));
        _beforeText = TextSlice.Compute(this, FreeString.Counting, FreeString.Counting.Start);
        _insideText = TextSlice.Compute(this, FreeString.Counting, FreeString.Opened);
        foreach (var common in (ReadOnlySpan<Dfa>)[StringSpelling.All, .. Punctuation.Free.All, .. Punctuation.Compact.All, NumberLanguage.Free, NumberLanguage.WholeOnly])
        {
            for (var state = 0; state < common.Count; state++)
                SliceOf(common, state).Exits.Merge();
        }
        if (Unwritable is null)
            Rehearsal.Run(this);
    }

    /// <summary>Tokens of the vocabulary, control tokens included.</summary>
    public int Count { get; }

    /// <summary>The first byte of printable text that is no token of its own; null where there is none, as with every model that writes text.</summary>
    public byte? Unwritable { get; }

    internal TokenTrie All { get; }

    /// <summary>Tokens that are not written over the first alphabet.</summary>
    internal TokenTrie BeyondText { get; }

    internal AlphabetTokens Written { get; }

    /// <summary>Words of a mask.</summary>
    internal int Words => (Count + 31) / 32;

    internal ReadOnlyMemory<byte> BytesOf(int token) => _tokenizer.TokenBytes(token);

    internal int[] Tokenize(string text) => _tokenizer.Tokenize(text);

    /// <summary>As <see cref="Tokenize"/>, for what grammar after grammar forces. The array is shared: read only.</summary>
    internal int[] TokenizeForced(string text)
    {
        if (_forced.TryGetValue(text, out var known))
            return known;
        var tokens = _tokenizer.Tokenize(text);
        if (_forced.Count >= MaxForced)
            _forced.Clear();
        _forced.TryAdd(text, tokens);
        return tokens;
    }

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

    private static byte? FirstUnwritable(TokenTrie tokens)
    {
        for (var value = 0; value < 256; value++)
        {
            var isText = value is '\n' or (>= ' ' and <= '~') or (>= 0x80 and <= 0xBF) or (>= 0xC2 and <= 0xF0); // of UTF-8: what ends a character, and what begins one of the planes in use
            if (isText && (tokens.Child(-1, (byte)value) is var node && (node < 0 || tokens.TokensAt(node).IsEmpty)))
                return (byte)value;
        }
        return null;
    }
}
