namespace EdgeMas.Reasoning.Quantities;

/// <summary>What a unit measures. Quantities of one dimension convert into each other.</summary>
public enum Dimension
{
    Length,
    Angle,
    Time,
    Speed,
    AngularSpeed,
    Fraction,
    Temperature,
    Mass,
    Volume,

    /// <summary>How often: once, twice, three times.</summary>
    Count,
}
