using System.Numerics;
using EdgeMas.Grammar.Automata;

namespace EdgeMas.Grammar.Numbers;

/// <summary>
/// Sets of numbers as automata over their decimal notation without exponent. Membership is a matter of value: 1, 1.0 and 1.00 are in together or out together;
/// so intersections and complements stay right.
/// </summary>
internal static class NumberLanguage
{
    private const int MaxRemainders = 20_000;

    private static readonly ByteClasses Digits = ByteClasses.By(static value => value is >= (byte)'0' and <= (byte)'9' or (byte)'-' or (byte)'.' ? value : 0);
    private static readonly ByteClasses Kinds = ByteClasses.By(static value => value switch { (byte)'0' => 1, >= (byte)'1' and <= (byte)'9' => 2, (byte)'-' => 3, (byte)'.' => 4, _ => 0 });

    private enum Phase : byte { Begin, Minus, Zero, Whole, Point, Fraction }

    /// <summary>All numbers.</summary>
    internal static Dfa All { get; } = Explore(Kinds, 0, static (state, _, _) => state, static (_, _) => true);

    internal static Dfa Whole { get; } = Explore(Kinds, 0, static (state, phase, digit) => phase == Phase.Fraction && digit > 0 ? -1 : state, static (_, _) => true, static state => state < 0);

    /// <summary>Written as planners and people write them: no zero at the end of a fraction, no minus before zero.</summary>
    internal static Dfa Plain { get; } = Explore(
        Kinds,
        (Nonzero: false, Ends: true),
        static (state, phase, digit) => (state.Nonzero || digit > 0, phase != Phase.Fraction || digit > 0),
        static (state, negative) => state.Ends && (state.Nonzero || !negative));

    /// <summary>Numbers with exponents too: what JSON allows where a schema says nothing about the value.</summary>
    internal static Dfa Free { get; } = Patterns.PatternLanguage.Whole("-?(0|[1-9][0-9]*)(\\.[0-9]+)?([eE][+-]?[0-9]{1,3})?");

    /// <summary>Whole numbers without point, and without minus before zero.</summary>
    internal static Dfa WholeOnly { get; } = Patterns.PatternLanguage.Whole("0|-?[1-9][0-9]*");

    internal static Dfa MinusZero { get; } = Patterns.PatternLanguage.Whole("-0(\\.0+)?");

    internal static Dfa AtLeast(ExactDecimal bound) => Compare(bound, static sign => sign >= 0);

    internal static Dfa Above(ExactDecimal bound) => Compare(bound, static sign => sign > 0);

    internal static Dfa AtMost(ExactDecimal bound) => Compare(bound, static sign => sign <= 0);

    internal static Dfa Below(ExactDecimal bound) => Compare(bound, static sign => sign < 0);

    internal static Dfa Exactly(ExactDecimal value) => Compare(value, static sign => sign == 0);

    /// <exception cref="TooManyStatesException">The divisor has too many digits.</exception>
    internal static Dfa MultipleOf(ExactDecimal divisor)
    {
        var places = divisor.Fraction.Length;
        var modulus = BigInteger.Abs(divisor.Scale(places));
        if (modulus * (places + 1) > MaxRemainders)
            throw new TooManyStatesException();
        var m = (int)modulus;
        var powers = new int[places + 1]; // what is missing to the scaled number after i digits of the fraction
        for (var i = 0; i <= places; i++)
            powers[i] = (int)(BigInteger.Pow(10, places - i) % m);
        return Explore(
            Digits,
            (Left: 0, Read: 0),
            (state, phase, digit) => phase == Phase.Fraction && state.Read == places
                ? (digit == 0 ? state : (-1, 0))
                : ((int)(((state.Left * 10L) + digit) % m), phase == Phase.Fraction ? state.Read + 1 : 0),
            (state, _) => (long)state.Left * powers[state.Read] % m == 0,
            static state => state.Left < 0);
    }

    /// <param name="accepts">Asked with the sign of number − bound.</param>
    private static Dfa Compare(ExactDecimal bound, Func<int, bool> accepts) => Explore(
        Digits,
        new Comparison(0, 0, 0, false),
        (state, phase, digit) => state.Step(bound, phase == Phase.Fraction, digit),
        (state, negative) => accepts(state.SignOf(bound, negative)));

    /// <param name="step">The next state after a digit of the whole part or the fraction.</param>
    /// <param name="isNone">The digit may not stand there.</param>
    private static Dfa Explore<T>(ByteClasses classes, T start, Func<T, Phase, int, T> step, Func<T, bool, bool> accepts, Func<T, bool>? isNone = null)
        where T : notnull
    {
        return DfaBuilder.Explore(
            (Phase: Phase.Begin, Negative: false, State: start),
            classes,
            ((Phase Phase, bool Negative, T State) at, byte next, out (Phase Phase, bool Negative, T State) target) =>
            {
                target = at;
                switch (next)
                {
                    case (byte)'-':
                        target = (Phase.Minus, true, at.State);
                        return at.Phase == Phase.Begin;
                    case (byte)'.':
                        target = (Phase.Point, at.Negative, at.State);
                        return at.Phase is Phase.Zero or Phase.Whole;
                    case >= (byte)'0' and <= (byte)'9':
                        var phase = at.Phase switch
                        {
                            Phase.Begin or Phase.Minus => next == '0' ? Phase.Zero : Phase.Whole,
                            Phase.Zero => Phase.Begin,
                            Phase.Whole => Phase.Whole,
                            _ => Phase.Fraction,
                        };
                        if (phase == Phase.Begin)
                            return false; // no digit after a leading zero
                        target = (phase, at.Negative, step(at.State, phase, next - '0'));
                        return isNone is null || !isNone(target.State);
                    default:
                        return false;
                }
            },
            at => at.Phase is Phase.Zero or Phase.Whole or Phase.Fraction && accepts(at.State, at.Negative) ? 0 : Automaton.NoLabel);
    }

    /// <summary>How the digits so far compare with the bound's magnitude.</summary>
    /// <param name="Whole">Digits of the whole part, one more than the bound's at most.</param>
    /// <param name="Fraction">Digits of the fraction that were compared.</param>
    /// <param name="Order">Sign of the digits so far against as many of the bound's.</param>
    /// <param name="Nonzero">Some digit was not zero.</param>
    private readonly record struct Comparison(int Whole, int Fraction, int Order, bool Nonzero)
    {
        internal Comparison Step(ExactDecimal bound, bool fraction, int digit)
        {
            var nonzero = Nonzero || digit > 0;
            if (!fraction)
            {
                if (Whole >= bound.Whole.Length)
                    return new Comparison(bound.Whole.Length + 1, 0, 1, nonzero);
                return new Comparison(Whole + 1, 0, Order != 0 ? Order : Math.Sign(digit - (bound.Whole[Whole] - '0')), nonzero);
            }
            var order = WholeOrder(bound);
            if (order != 0)
                return new Comparison(order > 0 ? bound.Whole.Length + 1 : 0, 0, order, nonzero);
            if (Fraction >= bound.Fraction.Length)
                return digit == 0 ? this : new Comparison(bound.Whole.Length + 1, 0, 1, nonzero);
            order = Math.Sign(digit - (bound.Fraction[Fraction] - '0'));
            return order == 0
                ? new Comparison(Whole, Fraction + 1, 0, nonzero)
                : new Comparison(order > 0 ? bound.Whole.Length + 1 : 0, 0, order, nonzero);
        }

        /// <summary>The sign of number − bound.</summary>
        internal int SignOf(ExactDecimal bound, bool negative)
        {
            var isNegative = negative && Nonzero;
            if (isNegative != bound.Negative)
                return isNegative ? -1 : !Nonzero && bound.IsZero ? 0 : 1;
            var order = WholeOrder(bound);
            if (order == 0 && Fraction < bound.Fraction.Length)
                order = -1; // its digits end before the bound's
            return isNegative ? -order : order;
        }

        /// <summary>The order of magnitudes as the whole part decides it.</summary>
        private int WholeOrder(ExactDecimal bound) => Whole < bound.Whole.Length ? -1 : Whole > bound.Whole.Length ? 1 : Order;
    }
}
