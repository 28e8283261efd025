namespace EdgeMas.Reasoning.Quantities;

/// <param name="Symbol">UCUM code, such as m, cm, s, deg, m/s, %.</param>
/// <param name="Factor">One of this unit in the dimension's base: m, deg, s, m/s, %, Cel, g, mL.</param>
/// <param name="Offset">Added after the factor, for temperatures.</param>
public sealed record Unit(string Symbol, Dimension Dimension, double Factor, double Offset = 0)
{
    /// <summary>The value of this unit in another of the same dimension.</summary>
    public double Convert(double value, Unit to) => (value * Factor + Offset - to.Offset) / to.Factor;
}
