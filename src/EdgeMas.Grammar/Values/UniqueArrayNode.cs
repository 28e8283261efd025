using EdgeMas.Grammar.Automata;
using EdgeMas.Grammar.Machine;

namespace EdgeMas.Grammar.Values;

/// <summary>An array whose items are different members of a finite set.</summary>
internal sealed class UniqueArrayNode(WordTrie members, int least, int most, Punctuation punctuation) : Node
{
    private const int Opened = 0;
    private const int Item = 1;
    private const int Separated = 2;

    private readonly int _most = Math.Min(most, members.WordCount);

    internal override int Measure() => least > _most ? Unreachable : least == 0 ? 2 : 1 + least * (1 + members.DistanceFrom(members.Start));

    internal override void Enter(Frame? after, Expansion into) => into.Read(punctuation.OpenBracket, into.Frame(this, Opened, after));

    internal override void Resume(Frame frame, int label, Expansion into)
    {
        switch (frame.Phase)
        {
            case Opened:
                if (least == 0)
                    into.Read(Punctuation.Bracket, frame.Parent);
                if (_most > 0)
                    ReadItem(frame, into);
                break;
            case Item:
                var seen = (frame.Seen ?? IndexSet.Empty(members.WordCount)).With(label);
                var after = into.Frame(this, Separated, frame.Parent, frame.Count + 1, 0, seen);
                var (closes, continues) = (frame.Count + 1 >= least, frame.Count + 1 < _most);
                if (closes || continues)
                    into.Read(closes && continues ? punctuation.CommaOrBracket : closes ? punctuation.BracketOnly : punctuation.CommaOnly, closes && !continues ? frame.Parent : after);
                break;
            default:
                if (label == Punctuation.Close)
                    into.Continue(frame.Parent, 0);
                else
                    ReadItem(frame, into);
                break;
        }
    }

    internal override int RestOf(Frame frame) => 1 + (Math.Max(0, least - frame.Count) * (1 + members.DistanceFrom(members.Start)));

    private void ReadItem(Frame frame, Expansion into)
    {
        var seen = frame.Seen;
        into.Read(members, into.Frame(this, Item, frame.Parent, frame.Count, 0, seen), seen is null ? null : IndexSet.Where(members.WordCount, index => !seen.Has(index)));
    }
}
