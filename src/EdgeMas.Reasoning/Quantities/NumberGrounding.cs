using System.Globalization;
using EdgeMas.Core.Skills;
using EdgeMas.Reasoning.Orders;

namespace EdgeMas.Reasoning.Quantities;

/// <summary>
/// Which numbers an order allows for a skill's argument: those that it says, in the argument's unit, and the values of words such as "left" and
/// "around". Range is not its matter: a number that was said and is too large must be seen by the critic, not exchanged for another.
/// </summary>
internal sealed class NumberGrounding
{
    private static readonly (string Words, double Value)[] AngleWords =
    [
        ("left", 90), ("right", -90), ("anticlockwise", 90), ("counterclockwise", 90), ("clockwise", -90),
        ("around", 180), ("turn back", 180), ("face back", 180), ("look back", 180), ("about face", 180), ("u turn", 180), ("u-turn", 180), ("other way", 180), ("about turn", 180),
        ("full circle", 360), ("full turn", 360), ("full spin", 360), ("full rotation", 360), ("full revolution", 360), ("all the way around", 360),
        ("complete turn", 360), ("complete circle", 360), ("complete rotation", 360), ("half turn", 180),
    ];

    private static readonly (string Words, double Value)[] FractionWords =
        [("half", 50), ("halfway", 50), ("fully", 100), ("full", 100), ("all the way", 100), ("completely", 100), ("maximum", 100), ("max", 100), ("quarter", 25)];

    private static readonly (string Words, double Value)[] TimeWords = [("moment", 3), ("few seconds", 3)];

    private static readonly (string Words, double Value)[] SpeedWords =
        [("slow", 0.2), ("slowly", 0.2), ("slower", 0.2), ("fast", 1), ("faster", 1), ("speed up", 1), ("hurry", 1)];

    private static readonly string[] Slightly = ["slightly", "a bit", "a little", "a touch", "slight"];

    private readonly string _words;

    internal NumberGrounding(OrderText order)
    {
        _words = $" {string.Join(' ', order.Words)} ";
        Quantities = QuantityReader.Read(order.Text);
    }

    internal IReadOnlyList<Quantity> Quantities { get; }

    /// <returns>Values in the argument's unit, without doubles; empty when the order says none, and the argument is free.</returns>
    internal IReadOnlyList<double> ValuesFor(SkillParameter parameter)
    {
        var unit = ParameterUnits.Of(parameter);
        var values = new List<double>();
        foreach (var quantity in Quantities)
        {
            if (InUnit(quantity, unit) is { } value)
                AddSigned(values, value, parameter, unit);
            if (quantity.Unit is not null || unit is null)
                continue;
            foreach (var other in SaidUnits(unit.Dimension)) // "left six inches, then right twelve"
                AddSigned(values, other.Convert(quantity.Value, unit), parameter, unit);
        }
        if (values.Count == 0 && unit is null)
        {
            foreach (var quantity in Quantities)
                AddSigned(values, quantity.Value, parameter, unit);
        }
        foreach (var value in NamedValues(parameter, unit, isSaid: values.Count > 0))
            AddAllowed(values, value, parameter, unit);
        return values;
    }

    /// <summary>The quantity in the unit, or null where it speaks of something else. A bare number fits every unit.</summary>
    internal static double? InUnit(Quantity quantity, Unit? unit)
    {
        if (quantity.Unit is not { } said)
            return unit?.Dimension == Dimension.Fraction && quantity.Value is > 0 and < 1 ? quantity.Value * 100 : quantity.Value;
        if (unit is null)
            return said.Dimension == Dimension.Count ? quantity.Value : null;
        if (said.Dimension == unit.Dimension)
            return said.Convert(quantity.Value, unit);
        return said == Units.Degree && unit.Dimension == Dimension.Temperature ? quantity.Value : null;
    }

    /// <summary>As the planners were trained to write: two decimals, more only where two would lose the number.</summary>
    internal static double Round(double value)
    {
        var rounded = Math.Round(value, 2);
        return Math.Abs(rounded - value) > Math.Abs(value) * 0.02 ? Math.Round(value, 5) : rounded;
    }

    /// <summary>As planners write it: no exponent, no trailing zeros.</summary>
    internal static string Write(double value) => value.ToString("0.#####", CultureInfo.InvariantCulture);

    internal bool Says(string words) => _words.Contains($" {words} ", StringComparison.Ordinal);

    private IEnumerable<double> NamedValues(SkillParameter parameter, Unit? unit, bool isSaid)
    {
        foreach (var (word, value) in parameter.NamedValues)
        {
            if (Says(word.ToLowerInvariant()))
                yield return value;
        }
        if (isSaid && unit?.Dimension != Dimension.Angle)
            yield break; // "slow down to 0.3" means 0.3; "turn left, then right thirty" means both
        var table = unit?.Dimension switch
        {
            Dimension.Angle => AngleWords,
            Dimension.Fraction => FractionWords,
            Dimension.Time => TimeWords,
            Dimension.Speed => SpeedWords,
            _ => [],
        };
        foreach (var (word, value) in table)
        {
            if (!Says(word))
                continue;
            var baseUnit = unit!.Dimension switch
            {
                Dimension.Angle => Units.Degree,
                Dimension.Fraction => Units.Percent,
                Dimension.Time => Units.Second,
                _ => Units.MetrePerSecond,
            };
            yield return baseUnit.Convert(value, unit);
            if (value >= 180)
                yield return baseUnit.Convert(-value, unit); // "a full circle to the right"
            if (Math.Abs(value) == 90 && unit.Dimension == Dimension.Angle && Slightly.Any(Says))
                yield return baseUnit.Convert(Math.Sign(value) * 15, unit);
        }
    }

    private IEnumerable<Unit> SaidUnits(Dimension dimension) =>
        Quantities.Select(quantity => quantity.Unit).OfType<Unit>().Where(unit => unit.Dimension == dimension).Distinct();

    private static void AddSigned(List<double> values, double value, SkillParameter parameter, Unit? unit)
    {
        AddAllowed(values, value, parameter, unit);
        AddAllowed(values, -value, parameter, unit);
    }

    private static void AddAllowed(List<double> values, double value, SkillParameter parameter, Unit? unit)
    {
        var mayBeNegative = parameter.Minimum is { } least ? least < 0 : unit?.Dimension != Dimension.Time;
        if ((value < 0 && !mayBeNegative) || (value > 0 && parameter.Maximum <= 0))
            return;
        var rounded = Round(value);
        if (parameter.Kind == ParameterKind.Integer && rounded != Math.Floor(rounded))
            return;
        if (!values.Contains(rounded))
            values.Add(rounded == 0 ? 0 : rounded); // no negative zero
    }
}
