using EdgeMas.Grammar.Machine;

namespace EdgeMas.Grammar.Values;

/// <summary>An array: items by place, the rest, how many, and what it has to contain.</summary>
internal sealed class ArrayNode(ArrayItems items, int least, int? most, Punctuation punctuation) : Node
{
    private const int Opened = 0;
    private const int Item = 1;
    private const int Separated = 2;

    /// <summary>From this place on every place is like the others.</summary>
    private readonly int _horizon = Math.Max(items.Places, Math.Max(least, most ?? 0)) + (most is null ? 0 : 1);

    private Dictionary<(int Place, int Counts), int>? _rests;

    internal override int Measure()
    {
        _rests = null; // items have become reachable since
        return NodeMeasure.Add(2, RestFrom(0, 0));
    }

    internal override void Enter(Frame? after, Expansion into) => into.Read(punctuation.OpenBracket, into.Frame(this, Opened, after));

    internal override void Resume(Frame frame, int label, Expansion into)
    {
        switch (frame.Phase)
        {
            case Opened:
                if (Closes(0, 0))
                    into.Read(Punctuation.Bracket, frame.Parent);
                EnterItem(frame, into);
                break;
            case Item:
                var (closes, continues) = (Closes(frame.Count, frame.Matched), Continues(frame.Count, frame.Matched));
                if (!closes && !continues)
                    break;
                var after = closes && !continues ? frame.Parent : into.Frame(this, Separated, frame.Parent, frame.Count, frame.Matched);
                into.Read(closes && continues ? punctuation.CommaOrBracket : closes ? punctuation.BracketOnly : punctuation.CommaOnly, after);
                break;
            default:
                if (label == Punctuation.Close)
                    into.Continue(frame.Parent, 0);
                else
                    EnterItem(frame, into);
                break;
        }
    }

    internal override int RestOf(Frame frame) => frame.Phase == Separated && Closes(frame.Count, frame.Matched) ? 0 : NodeMeasure.Add(1, RestFrom(frame.Count, frame.Matched));

    private void EnterItem(Frame frame, Expansion into)
    {
        for (var variant = 0; variant < items.Variants; variant++)
        {
            if (Advance(frame.Count, frame.Matched, variant) is var (item, place, counts) && RestFrom(place, counts) < Unreachable)
                into.Enter(item, into.Frame(this, Item, frame.Parent, place, counts));
        }
    }

    private bool Closes(int place, int counts) => place >= least && items.IsEnough(counts);

    private bool Continues(int place, int counts)
    {
        for (var variant = 0; variant < items.Variants; variant++)
        {
            if (Advance(place, counts, variant) is var (_, next, more) && RestFrom(next, more) < Unreachable)
                return true;
        }
        return false;
    }

    /// <returns>The item and what is counted behind it, or null where it may not stand there.</returns>
    private (Node Item, int Place, int Counts)? Advance(int place, int counts, int variant)
    {
        if (place >= most || items.Count(counts, variant) is not { } more)
            return null;
        var item = items.At(place, variant);
        return item.Shortest >= Unreachable ? null : (item, Math.Min(place + 1, _horizon), more);
    }

    /// <summary>Fewest bytes from a place to the bracket that closes, without it; every item counts its comma.</summary>
    private int RestFrom(int place, int counts)
    {
        _rests ??= [];
        if (_rests.TryGetValue((place, counts), out var known))
            return known;
        if (Closes(place, counts))
            return _rests[(place, counts)] = 0;
        _rests[(place, counts)] = Unreachable; // a way that comes back here is no shorter
        if (items.Contained == 0 && place >= items.Places)
            return _rests[(place, counts)] = RestOfEqual(place);
        var shortest = Unreachable;
        for (var variant = 0; variant < items.Variants; variant++)
        {
            if (Advance(place, counts, variant) is var (item, next, more))
                shortest = Math.Min(shortest, NodeMeasure.Add(1 + item.Shortest, RestFrom(next, more)));
        }
        return _rests[(place, counts)] = shortest;
    }

    private int RestOfEqual(int place) => items.At(place, 0).Shortest >= Unreachable || least > (most ?? int.MaxValue)
        ? Unreachable
        : (int)Math.Min((long)(least - place) * (1 + items.At(place, 0).Shortest), Unreachable - 1);
}
