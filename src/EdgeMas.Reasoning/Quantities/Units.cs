using System.Collections.Frozen;

namespace EdgeMas.Reasoning.Quantities;

/// <summary>Units that orders and skills are written in, under their words, symbols and the abbreviations that parameter names end in.</summary>
internal static class Units
{
    internal static readonly Unit Metre = new("m", Dimension.Length, 1);
    internal static readonly Unit Degree = new("deg", Dimension.Angle, 1);
    internal static readonly Unit Second = new("s", Dimension.Time, 1);
    internal static readonly Unit MetrePerSecond = new("m/s", Dimension.Speed, 1);
    internal static readonly Unit Percent = new("%", Dimension.Fraction, 1);
    internal static readonly Unit Celsius = new("Cel", Dimension.Temperature, 1);
    internal static readonly Unit Turn = new("circ", Dimension.Angle, 360);
    internal static readonly Unit Times = new("1", Dimension.Count, 1);

    private static readonly Unit Millimetre = new("mm", Dimension.Length, 0.001);
    private static readonly Unit Centimetre = new("cm", Dimension.Length, 0.01);
    private static readonly Unit Kilometre = new("km", Dimension.Length, 1_000);
    private static readonly Unit Inch = new("[in_i]", Dimension.Length, 0.0254);
    private static readonly Unit Foot = new("[ft_i]", Dimension.Length, 0.3048);
    private static readonly Unit Yard = new("[yd_i]", Dimension.Length, 0.9144);
    private static readonly Unit Mile = new("[mi_i]", Dimension.Length, 1609.344);
    private static readonly Unit Minute = new("min", Dimension.Time, 60);
    private static readonly Unit Hour = new("h", Dimension.Time, 3_600);
    private static readonly Unit Radian = new("rad", Dimension.Angle, 180 / Math.PI);
    private static readonly Unit KilometrePerHour = new("km/h", Dimension.Speed, 1 / 3.6);

    /// <summary>By every word and abbreviation, in lower case.</summary>
    internal static readonly FrozenDictionary<string, Unit> ByWord = Build(
        (Metre, "m meter meters metre metres"),
        (Centimetre, "cm centimeter centimeters centimetre centimetres"),
        (Millimetre, "mm millimeter millimeters millimetre millimetres mil mils"),
        (Kilometre, "km kilometer kilometers kilometre kilometres"),
        (Inch, "inch inches [in_i]"),
        (Foot, "ft foot feet [ft_i]"),
        (Yard, "yd yard yards [yd_i]"),
        (Mile, "mi mile miles [mi_i]"),
        (Degree, "deg degree degrees °"),
        (Radian, "rad radian radians"),
        (new Unit("arcmin", Dimension.Angle, 1 / 60.0), "arcmin arcminute arcminutes"),
        (Second, "s sec secs second seconds"),
        (new Unit("ms", Dimension.Time, 0.001), "ms millisecond milliseconds"),
        (Minute, "min mins minute minutes"),
        (Hour, "h hr hrs hour hours"),
        (new Unit("d", Dimension.Time, 86_400), "d day days"),
        (MetrePerSecond, "m/s mps"),
        (new Unit("cm/s", Dimension.Speed, 0.01), "cm/s cmps"),
        (new Unit("mm/s", Dimension.Speed, 0.001), "mm/s mmps"),
        (KilometrePerHour, "km/h kmh kph kmph"),
        (new Unit("[mi_i]/h", Dimension.Speed, 0.44704), "mph"),
        (new Unit("[kn_i]", Dimension.Speed, 1852 / 3600.0), "kn knot knots"),
        (new Unit("deg/s", Dimension.AngularSpeed, 1), "deg/s"),
        (new Unit("rad/s", Dimension.AngularSpeed, 180 / Math.PI), "rad/s"),
        (Percent, "% percent pct"),
        (Celsius, "cel celsius °c centigrade"),
        (new Unit("[degF]", Dimension.Temperature, 5 / 9.0, -160 / 9.0), "fahrenheit °f"),
        (new Unit("g", Dimension.Mass, 1), "g gram grams gramme grammes"),
        (new Unit("kg", Dimension.Mass, 1_000), "kg kilo kilos kilogram kilograms"),
        (new Unit("mg", Dimension.Mass, 0.001), "mg milligram milligrams"),
        (new Unit("[lb_av]", Dimension.Mass, 453.59237), "lb lbs pound pounds"),
        (new Unit("[oz_av]", Dimension.Mass, 28.349523125), "oz ounce ounces"),
        (new Unit("mL", Dimension.Volume, 1), "ml milliliter milliliters millilitre millilitres"),
        (new Unit("L", Dimension.Volume, 1_000), "l liter liters litre litres"),
        (new Unit("cL", Dimension.Volume, 10), "cl centiliter centiliters centilitre centilitres"),
        (new Unit("uL", Dimension.Volume, 0.001), "ul µl microliter microliters microlitre microlitres"),
        (new Unit("[gal_us]", Dimension.Volume, 3785.411784), "gallon gallons"));

    /// <returns>A speed, of a length or an angle in a time; null where the units make none.</returns>
    internal static Unit? Per(Unit way, Unit time)
    {
        if (time.Dimension != Dimension.Time || way.Dimension is not (Dimension.Length or Dimension.Angle))
            return null;
        return new Unit($"{way.Symbol}/{time.Symbol}", way.Dimension == Dimension.Length ? Dimension.Speed : Dimension.AngularSpeed, way.Factor / time.Factor);
    }

    private static FrozenDictionary<string, Unit> Build(params (Unit Unit, string Words)[] units) => units
        .SelectMany(entry => entry.Words.Split(' ').Select(word => KeyValuePair.Create(word, entry.Unit)))
        .ToFrozenDictionary(StringComparer.OrdinalIgnoreCase);
}
