namespace EdgeMas.Reasoning.Quantities;

/// <summary>
/// Finds the numbers that an order says, with their units: "two and a half meters", "3 feet 6 inches", "half an hour", "a quarter turn", "0.3 m/s".
/// </summary>
public static class QuantityReader
{
    /// <param name="text">Any text; a few hundred characters are meant.</param>
    /// <returns>In the order of mention; what is said in two units ("one minute thirty seconds") comes as both parts and as their sum.</returns>
    public static IReadOnlyList<Quantity> Read(string text)
    {
        var tokens = QuantityTokens.Split(text);
        var found = new List<Quantity>();
        var lastEnd = -2; // nothing was read yet, so nothing follows it
        for (var at = 0; at < tokens.Count;)
        {
            var from = at;
            if (ReadOne(tokens, ref at) is not { } quantity)
            {
                at = from + 1;
                continue;
            }
            var follows = from == lastEnd || (from == lastEnd + 1 && tokens[from - 1] == "and");
            if (follows && Sum(found[^1], quantity) is { } sum)
            {
                found.Add(quantity);
                found.Add(sum);
            }
            else
            {
                found.Add(quantity);
            }
            lastEnd = at;
        }
        return found;
    }

    private static Quantity? ReadOne(List<string> tokens, ref int at)
    {
        var from = at;
        if (ReadOften(tokens[at]) is { } times)
        {
            at++;
            return new Quantity(times, Units.Times, tokens[from]);
        }
        if (ReadMisheard(tokens, at) is { } misheard)
        {
            at = misheard.Behind;
            return Finish(tokens, from, ref at, misheard.Value, misheard.Unit);
        }
        if (ReadTurnAndPart(tokens, at) is { } turns)
        {
            at = turns.Behind;
            return new Quantity(turns.Value, Units.Turn, Quote(tokens, from, at));
        }
        if (!NumberWords.TryRead(tokens, ref at, out var value))
        {
            // "a meter", "another second", "per degree": the article counts as one
            if (tokens[at] is not ("a" or "an" or "another"))
                return null;
            var said = NumberWords.IsAt(tokens, at + 1, "full") || NumberWords.IsAt(tokens, at + 1, "whole") ? at + 2 : at + 1;
            if (ReadUnit(tokens, said, attached: false) is not { } single)
                return null;
            at = single.Behind;
            value = 1;
            return Finish(tokens, from, ref at, value, single.Unit);
        }
        if (value < 1 && IsShare(tokens, at))
            return new Quantity(value * 100, Units.Percent, Quote(tokens, from, at));
        var behind = SkipOf(tokens, at);
        if (ReadTurn(tokens, behind, value) is { } turn)
        {
            at = turn;
            return new Quantity(value, Units.Turn, Quote(tokens, from, at));
        }
        if (ReadUnit(tokens, behind, attached: behind == at) is not { } unit)
            return new Quantity(value, null, Quote(tokens, from, at));
        at = unit.Behind;
        return Finish(tokens, from, ref at, value, unit.Unit);
    }

    /// <summary>"a meter and a half": the half is one of the unit that was said.</summary>
    private static Quantity Finish(List<string> tokens, int from, ref int at, double value, Unit unit)
    {
        if (NumberWords.IsAt(tokens, at, "and") && NumberWords.TryReadHalf(tokens, at + 1, out var half, out var behind)
            && ReadUnit(tokens, SkipOf(tokens, behind), attached: false) is null && ReadTurn(tokens, SkipOf(tokens, behind), half) is null)
        {
            value += half;
            at = behind;
        }
        return new Quantity(value, unit, Quote(tokens, from, at));
    }

    private static (Unit Unit, int Behind)? ReadUnit(List<string> tokens, int at, bool attached)
    {
        if (at >= tokens.Count || (!attached && tokens[at] is "in" or "d" or "h") || !Units.ByWord.TryGetValue(tokens[at], out var unit))
            return NumberWords.IsAt(tokens, at, "per") && NumberWords.IsAt(tokens, at + 1, "cent") ? (Units.Percent, at + 2) : null;
        at++;
        if (unit.Dimension == Dimension.Angle && at < tokens.Count && Units.ByWord.TryGetValue(tokens[at], out var scale) && scale.Dimension == Dimension.Temperature)
            return (scale, at + 1); // "degrees celsius"
        if (at + 1 < tokens.Count && tokens[at] is "per" or "a" or "an" or "each" or "every" && Units.ByWord.TryGetValue(tokens[at + 1], out var time) && Units.Per(unit, time) is { } speed)
            return (speed, at + 2);
        return (unit, at);
    }

    /// <summary>"two" and "four" as recognizers spell them: "go to meters", "turn for degrees". Before a unit in the plural they make no other sense; "for minutes" does.</summary>
    private static (double Value, Unit Unit, int Behind)? ReadMisheard(List<string> tokens, int at)
    {
        var value = tokens[at] switch { "to" or "too" => 2, "for" => 4, _ => 0 };
        if (value == 0 || at + 1 >= tokens.Count || tokens[at + 1] is not [_, _, _, .., 's'] and not "feet" || ReadUnit(tokens, at + 1, attached: false) is not { } read)
            return null;
        var isMeant = read.Unit.Dimension is Dimension.Length or Dimension.Angle || (value == 2 && read.Unit.Dimension is Dimension.Time or Dimension.Speed);
        return isMeant ? (value, read.Unit, read.Behind) : null;
    }

    /// <summary>"a turn and a half": the half is one of a turn, and not a number by itself.</summary>
    private static (double Value, int Behind)? ReadTurnAndPart(List<string> tokens, int at) =>
        tokens[at] is "a" or "one" && ReadTurn(tokens, at + 1, 1) is { } turn && NumberWords.IsAt(tokens, turn, "and") && NumberWords.TryReadHalf(tokens, turn + 1, out var part, out var behind)
            ? (1 + part, behind)
            : null;

    /// <summary>"half of the way", "a quarter of it", "half speed": a share of something, and no number of meters or seconds.</summary>
    private static bool IsShare(List<string> tokens, int at)
    {
        if (NumberWords.IsAt(tokens, at, "of"))
            at++;
        return at < tokens.Count && tokens[at] is "the" or "it" or "that" or "this" or "its" or "your" or "my" or "them" or "way" or "speed" or "power" or "throttle";
    }

    /// <summary>"a quarter turn", "two full turns", "one eighth of a turn". "A turn to the left" is no quantity.</summary>
    private static int? ReadTurn(List<string> tokens, int at, double value)
    {
        if (NumberWords.IsAt(tokens, at, "full") || NumberWords.IsAt(tokens, at, "complete"))
            at++;
        var isTurn = at < tokens.Count && tokens[at] is "turn" or "turns" or "circle" or "circles" or "rotation" or "rotations" or "revolution" or "revolutions" or "spin" or "spins";
        return isTurn && value is > 0 and <= 10 ? at + 1 : null;
    }

    /// <summary>The "of a" in "a quarter of a meter", the "a" in "half a meter".</summary>
    private static int SkipOf(List<string> tokens, int at)
    {
        if (NumberWords.IsAt(tokens, at, "of"))
            at++;
        return at < tokens.Count && tokens[at] is "a" or "an" ? at + 1 : at;
    }

    private static double? ReadOften(string token) => token switch { "once" or "single" => 1, "twice" => 2, "thrice" => 3, _ => null };

    private static Quantity? Sum(Quantity first, Quantity second) =>
        first.Unit is { } large && second.Unit is { } small && large.Dimension == small.Dimension && large.Factor > small.Factor && large.Dimension is Dimension.Length or Dimension.Time
            && first.Unit is not null
            ? new Quantity(large.Convert(first.Value, small) + second.Value, small, $"{first.Words} {second.Words}")
            : null;

    private static string Quote(List<string> tokens, int from, int to) => string.Join(' ', tokens.GetRange(from, to - from));
}
