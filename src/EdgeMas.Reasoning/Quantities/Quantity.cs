namespace EdgeMas.Reasoning.Quantities;

/// <summary>A number that an order says, with its unit where one was said.</summary>
/// <param name="Unit">Null for a bare number.</param>
/// <param name="Words">How it was said, for reasons given to people.</param>
public sealed record Quantity(double Value, Unit? Unit, string Words);
