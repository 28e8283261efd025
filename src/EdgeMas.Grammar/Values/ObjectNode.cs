using EdgeMas.Grammar.Automata;
using EdgeMas.Grammar.Machine;

namespace EdgeMas.Grammar.Values;

/// <summary>
/// An object: properties known by name, properties whose names follow a pattern or are free, how many, and which must be there. Each known name comes once.
/// </summary>
/// <param name="others">Names that are not known, as JSON writes them, labelled with their class; null where there are none.</param>
/// <param name="otherValues">By class: first the value, then the value that also fulfils the i-th of <paramref name="witnesses"/> (null where the class does not).</param>
/// <param name="witnesses">Conditions that some property of an unknown name has to fulfil.</param>
internal sealed class ObjectNode(ObjectNames names, Automaton? others, IReadOnlyList<Node?[]> otherValues, int witnesses, int least, int? most, Punctuation punctuation, bool ordered) : Node
{
    private const int Opened = 0;
    private const int Name = 1;
    private const int Other = 2;
    private const int Value = 3;
    private const int OtherValue = 4;
    private const int Member = 5;
    private const int Separated = 6;
    private const int Kinds = 8; // the phase is one of these plus Kinds × the property's index

    /// <summary>Bytes of a name in quotes, colon and comma.</summary>
    private const int LeastName = 4;

    /// <summary>A property without a known name has come.</summary>
    private const int HadOther = 1 << 30;

    private readonly int _allWitnessed = (1 << witnesses) - 1;
    private Automaton? _others = others;

    internal override int Measure()
    {
        var owed = names.Required;
        var bytes = 2;
        for (var index = owed.NextFrom(0); index >= 0; index = owed.NextFrom(index + 1))
            bytes = NodeMeasure.Add(bytes, NodeMeasure.Add(names.NameBytes(index) + 2, names.Values[index].Shortest));
        var missing = Math.Max(least - owed.Count, 0);
        if (owed.Count > most || least > most)
            return Unreachable;
        if (witnesses > 0 && !CanWitness())
            return Unreachable;
        var shortestOther = OtherShortest();
        missing = Math.Max(missing, witnesses);
        if (missing == 0)
            return Math.Min(bytes, Unreachable);
        if (shortestOther < Unreachable)
            return NodeMeasure.Add(bytes, (int)Math.Min((long)missing * (shortestOther + 8), Unreachable - 1));
        var usable = 0;
        for (var index = 0; index < names.Count; index++)
        {
            if (!owed.Has(index) && names.IsUsable(index))
                usable++;
        }
        return usable < missing ? Unreachable : NodeMeasure.Add(bytes, missing * 16);
    }

    internal override void Enter(Frame? after, Expansion into) => into.Read(punctuation.OpenBrace, into.Frame(this, Opened, after));

    internal override void Resume(Frame frame, int label, Expansion into)
    {
        var index = frame.Phase / Kinds;
        switch (frame.Phase % Kinds)
        {
            case Opened:
                if (Closes(frame))
                    into.Read(Punctuation.Brace, frame.Parent);
                ReadName(frame, into);
                break;
            case Name:
                into.Read(punctuation.Colon, At(frame, Value + (Kinds * label), into));
                break;
            case Other:
                into.Read(punctuation.Colon, At(frame, OtherValue + (Kinds * label), into));
                break;
            case Value:
                into.Enter(names.Values[index], into.Frame(this, Member, frame.Parent, CountOneMore(frame), frame.Matched, (frame.Seen ?? IndexSet.Empty(names.Count)).With(index)));
                break;
            case OtherValue:
                EnterOther(frame, otherValues[index], into);
                break;
            case Member:
                ReadSeparator(frame, into);
                break;
            case Separated when label == Punctuation.Close:
                into.Continue(frame.Parent, 0);
                break;
            default:
                ReadName(frame, into);
                break;
        }
    }

    internal override int RestOf(Frame frame)
    {
        var index = frame.Phase / Kinds;
        var owed = OwedBytes(frame, frame.Seen);
        return (frame.Phase % Kinds) switch
        {
            Separated when Closes(frame) => 0,
            Value => NodeMeasure.Add(names.Values[index].Shortest, owed),
            OtherValue => NodeMeasure.Add(otherValues[index][0]!.Shortest, owed),
            Other => NodeMeasure.Add(1 + OtherShortest(), owed),
            _ => owed,
        };
    }

    internal override int DistanceOf(Machine.Thread thread)
    {
        var frame = thread.Next!;
        if (frame.Phase % Kinds != Name)
            return base.DistanceOf(thread);
        var nearest = Unreachable;
        var (from, to) = names.Trie.WordsBelow(thread.State);
        var shortest = Unreachable;
        for (var index = from; index < to; index++)
            shortest = Math.Min(shortest, names.NameBytes(index));
        var read = shortest - names.Trie.DistanceFrom(thread.State);
        for (var index = from; index < to; index++)
        {
            if (thread.Allowed?.Has(index) == false)
                continue;
            var left = names.NameBytes(index) - read + 2;
            nearest = Math.Min(nearest, NodeMeasure.Add(NodeMeasure.Add(left, names.Values[index].Shortest), OwedBytes(frame, (frame.Seen ?? IndexSet.Empty(names.Count)).With(index))));
        }
        return nearest;
    }

    /// <summary>Takes out names whose values turned out to be impossible. Once, after measuring.</summary>
    internal void Prune()
    {
        if (_others is Dfa dfa)
            _others = dfa.Keep(label => otherValues[label][0]!.Shortest < Unreachable) is { IsEmpty: false } kept ? kept : null;
        else if (_others is not null && otherValues[0][0]!.Shortest >= Unreachable)
            _others = null;
    }

    private void ReadSeparator(Frame frame, Expansion into)
    {
        var (closes, continues) = (Closes(frame), OthersMayFollow(frame) || AllowedNames(frame).NextFrom(0) >= 0);
        if (closes && continues)
            into.Read(punctuation.CommaOrBrace, At(frame, Separated, into));
        else if (closes)
            into.Read(punctuation.BraceOnly, frame.Parent);
        else if (continues)
            into.Read(punctuation.CommaOnly, At(frame, Separated, into));
    }

    private void ReadName(Frame frame, Expansion into)
    {
        var allowed = AllowedNames(frame);
        if (allowed.NextFrom(0) >= 0)
            into.Read(names.Trie, At(frame, Name, into), allowed);
        if (OthersMayFollow(frame) && (!ordered || names.Owed(frame.Seen).NextFrom(0) < 0))
            into.Read(_others!, At(frame, Other, into));
    }

    private void EnterOther(Frame frame, Node?[] values, Expansion into)
    {
        into.Enter(values[0]!, into.Frame(this, Member, frame.Parent, CountOneMore(frame), frame.Matched | HadOther, frame.Seen));
        for (var i = 0; i < witnesses; i++)
        {
            if ((frame.Matched & (1 << i)) == 0 && values[i + 1] is { } fulfilling)
                into.Enter(fulfilling, into.Frame(this, Member, frame.Parent, CountOneMore(frame), frame.Matched | HadOther | (1 << i), frame.Seen));
        }
    }

    private bool Closes(Frame frame) =>
        frame.Count >= least && (frame.Matched & _allWitnessed) == _allWitnessed && names.Owed(frame.Seen).NextFrom(0) < 0;

    private bool OthersMayFollow(Frame frame) =>
        _others is not null && (most is null || frame.Count + 1 + names.Owed(frame.Seen).Count <= most);

    private IndexSet AllowedNames(Frame frame) =>
        ordered && (frame.Matched & HadOther) != 0
            ? IndexSet.Empty(names.Count)
            : names.Allowed(frame.Seen, frame.Count, least, most, _others is not null);

    /// <summary>Bytes of the properties that are missing, and of the brace.</summary>
    private int OwedBytes(Frame frame, IndexSet? seen)
    {
        var owed = names.Owed(seen);
        var bytes = 1;
        for (var index = owed.NextFrom(0); index >= 0; index = owed.NextFrom(index + 1))
            bytes = NodeMeasure.Add(bytes, NodeMeasure.Add(names.NameBytes(index) + 2, names.Values[index].Shortest));
        for (var i = 0; i < witnesses; i++)
        {
            if ((frame.Matched & (1 << i)) == 0)
                bytes = NodeMeasure.Add(bytes, LeastName + otherValues.Min(values => values[i + 1]?.Shortest ?? Unreachable));
        }
        return NodeMeasure.Add(bytes, (int)Math.Min((long)Math.Max(0, least - frame.Count - owed.Count) * LeastName, Unreachable - 1));
    }

    /// <summary>Without a most, what is more than the least is not counted.</summary>
    private int CountOneMore(Frame frame) => most is null ? Math.Min(frame.Count + 1, least) : frame.Count + 1;

    private Frame At(Frame frame, int phase, Expansion into) => into.Frame(this, phase, frame.Parent, frame.Count, frame.Matched, frame.Seen);

    private bool CanWitness()
    {
        for (var i = 1; i <= witnesses; i++)
        {
            if (!otherValues.Any(values => values[i] is { } value && value.Shortest < Unreachable))
                return false;
        }
        return true;
    }

    private int OtherShortest()
    {
        var shortest = Unreachable;
        foreach (var values in otherValues)
            shortest = Math.Min(shortest, values[0]!.Shortest);
        return _others is null ? Unreachable : shortest;
    }
}
