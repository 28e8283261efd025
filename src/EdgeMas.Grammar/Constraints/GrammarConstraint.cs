using EdgeMas.Core.Models;
using EdgeMas.Grammar.Machine;
using EdgeMas.Grammar.Schemas;
using EdgeMas.Grammar.Vocabulary;

namespace EdgeMas.Grammar.Constraints;

/// <summary>Keeps one output inside a grammar. Owned by one sequence; grammar and vocabulary are shared.</summary>
public sealed class GrammarConstraint : ITokenConstraint
{
    private readonly MaskSource _masks;
    private readonly GrammarMachine _machine;
    private GrammarState _state;

    /// <exception cref="SchemaException">Nothing belongs to the grammar.</exception>
    /// <exception cref="VocabularyException">Some byte of text is no token.</exception>
    public GrammarConstraint(CompiledGrammar grammar, TokenVocabulary vocabulary)
    {
        ArgumentNullException.ThrowIfNull(grammar);
        ArgumentNullException.ThrowIfNull(vocabulary);
        if (grammar.IsEmpty)
            throw new SchemaException("", "", "no value fulfils it");
        if (vocabulary.Unwritable is { } missing)
            throw new VocabularyException($"its tokenizer has no token for the byte 0x{missing:X2} alone, so an output could come to where no token goes on; use a model that writes text (byte-level BPE, or SentencePiece with byte fallback)");
        _masks = grammar.MasksFor(vocabulary);
        _machine = grammar.Machine;
        _state = _machine.Start;
    }

    public bool IsComplete => _state.Ends;

    /// <exception cref="GrammarLimitException">The text can be read in too many ways.</exception>
    public void FillMask(Span<uint> mask)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(mask.Length, _masks.Vocabulary.Words);
        _masks.Fill(_state, mask);
    }

    public int TakeForced(Span<int> tokens)
    {
        var forced = _masks.ForcedIn(_state);
        var count = Math.Min(forced.Length, tokens.Length);
        for (var i = 0; i < count; i++)
        {
            tokens[i] = forced[i];
            _state = _machine.Step(_state, _masks.Vocabulary.BytesOf(forced[i]).Span);
        }
        return count;
    }

    public void Accept(int token)
    {
        ArgumentOutOfRangeException.ThrowIfGreaterThanOrEqual((uint)token, (uint)_masks.Vocabulary.Count, nameof(token));
        var bytes = _masks.Vocabulary.BytesOf(token).Span;
        var behind = _machine.Step(_state, bytes);
        if (bytes.IsEmpty || behind.IsDead)
            throw new ArgumentOutOfRangeException(nameof(token), token, "the grammar does not allow the token here");
        _state = behind;
    }
}
