using System.Globalization;
using EdgeMas.Grammar.Automata;

namespace EdgeMas.Grammar.Schemas;

/// <summary>Times as RFC 3339's full-time has them. A leap second (60) is the last of a day in UTC, so that the time decides the offset that may follow.</summary>
internal static class ClockTimes
{
    private const int DayMinutes = 24 * 60;

    // How far a time is written: the digits so far up to the seconds, then what the minutes demand of the offset (0 to 1439, or Any).
    private enum Phase : byte { Clock, Seconds, Point, Fraction, Offset, Sign, Done }

    internal static Dfa Build() => DfaBuilder.Explore(
        new State(Phase.Clock, "", -1),
        ByteClasses.By(static value => char.IsAsciiDigit((char)value) || value is (byte)':' or (byte)'.' or (byte)'+' or (byte)'-' ? value : value is (byte)'Z' or (byte)'z' ? 1 : 0),
        static (State at, byte next, out State target) => Step(at, (char)next, out target),
        static at => at.Phase == Phase.Done ? 0 : Automaton.NoLabel);

    private static bool Step(State at, char next, out State target)
    {
        target = at;
        switch (at.Phase)
        {
            case Phase.Clock:
                return StepClock(at.Text + next, out target);
            case Phase.Seconds when next == '.':
                target = at with { Phase = Phase.Point };
                return true;
            case Phase.Point or Phase.Fraction when char.IsAsciiDigit(next):
                target = at with { Phase = Phase.Fraction };
                return true;
            case Phase.Seconds or Phase.Fraction when next is 'Z' or 'z':
                target = new State(Phase.Done, "", -1);
                return at.Leap is -1 or (DayMinutes - 1);
            case Phase.Seconds or Phase.Fraction when next is '+' or '-':
                target = at.Leap < 0 ? new State(Phase.Offset, "", -1) : new State(Phase.Sign, OffsetOf(at.Leap, next), -1);
                return true;
            case Phase.Sign: // the rest of the only offset that is right
                target = at.Text.Length == 1 ? new State(Phase.Done, "", -1) : at with { Text = at.Text[1..] };
                return at.Text[0] == next;
            case Phase.Offset:
                var text = at.Text + next;
                target = text.Length == 5 ? new State(Phase.Done, "", -1) : at with { Text = Shorten(text) };
                return Fits(text, "HH:MM");
            default:
                return false;
        }
    }

    private static bool StepClock(string text, out State target)
    {
        target = text.Length < 8
            ? new State(Phase.Clock, text, -1)
            : new State(Phase.Seconds, "", text.EndsWith("60", StringComparison.Ordinal) ? (Number(text, 0) * 60) + Number(text, 3) : -1);
        return Fits(text, "HH:MM:SS");
    }

    /// <summary>The last digit fits its place.</summary>
    private static bool Fits(string text, string places)
    {
        var (digit, place) = (text[^1], places[text.Length - 1]);
        if (place == ':' || !char.IsAsciiDigit(digit))
            return place == ':' && digit == ':';
        if (text.Length % 3 == 1)
            return digit <= place switch { 'H' => '2', 'M' => '5', _ => '6' };
        return place switch { 'H' => text[^2] < '2' || digit <= '3', 'S' => text[^2] < '6' || digit == '0', _ => true };
    }

    /// <summary>Of an offset's digits only the one that bounds the next is remembered.</summary>
    private static string Shorten(string text) => text.Length switch { 1 => text, 4 => "00:0", _ => "00:00"[..text.Length] };

    private static string OffsetOf(int minutes, char sign)
    {
        // UTC is the time minus its offset, and has to be 23:59.
        var offset = sign == '+' ? minutes + 1 : DayMinutes - 1 - minutes;
        offset %= DayMinutes;
        return string.Create(CultureInfo.InvariantCulture, $"{offset / 60:00}:{offset % 60:00}");
    }

    private static int Number(string text, int at) => ((text[at] - '0') * 10) + text[at + 1] - '0';

    /// <param name="Leap">Minute of the day of a leap second, or −1.</param>
    private readonly record struct State(Phase Phase, string Text, int Leap);
}
