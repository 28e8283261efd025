using System.Runtime.CompilerServices;
using EdgeMas.Grammar.Automata;
using EdgeMas.Grammar.Patterns;

namespace EdgeMas.Grammar.Vocabulary;

/// <summary>Which kinds of characters a table's states read, and over which they stay where they are. Immutable.</summary>
internal sealed class TableKinds
{
    private readonly Dfa _dfa;
    private readonly ulong[] _ascii; // by column: kinds of its ASCII bytes
    private readonly ulong[] _all; // by column: kinds of its bytes
    private readonly (int Column, int Next)[][] _beyond; // by state of the text: ways over bytes that are not ASCII

    internal TableKinds(Dfa dfa)
    {
        _dfa = dfa;
        _ascii = new ulong[dfa.Classes.Count];
        _all = new ulong[dfa.Classes.Count];
        for (var value = 0; value < 256; value++)
        {
            var kind = 1UL << CharacterKinds.Of((byte)value);
            _all[dfa.Classes.Of((byte)value)] |= kind;
            if (value < 0x80)
                _ascii[dfa.Classes.Of((byte)value)] |= kind;
        }
        _beyond = TableWays.Of(dfa, PatternLanguage.All, CharacterKinds.BeyondAsciiExamples(dfa.Classes));
    }

    internal ulong Alive(int state)
    {
        var alive = 0UL;
        for (var column = 0; column < _all.Length; column++)
        {
            if (_dfa.Table[(state * _all.Length) + column] != Automaton.Dead)
                alive |= _all[column];
        }
        return alive;
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    internal ulong LeadAway(int state)
    {
        var away = CharacterKinds.Broken;
        for (var column = 0; column < _ascii.Length; column++)
        {
            if (_dfa.Table[(state * _ascii.Length) + column] != state)
                away |= _ascii[column];
        }
        return LeadsBack(state, state, PatternLanguage.All.Start) ? away : away | (1UL << CharacterKinds.BeyondAscii);
    }

    /// <summary>Every character beyond ASCII leads back; a character has at most four bytes.</summary>
    private bool LeadsBack(int state, int from, int text)
    {
        foreach (var (column, next) in _beyond[text])
        {
            var reached = _dfa.Table[(from * _all.Length) + column];
            var ends = next == PatternLanguage.All.Start;
            if (reached == Automaton.Dead || (ends ? reached != state : !LeadsBack(state, reached, next)))
                return false;
        }
        return true;
    }
}
