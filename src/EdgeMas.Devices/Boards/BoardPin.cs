namespace EdgeMas.Devices.Boards;

/// <summary>A pin that can be an input or output.</summary>
/// <param name="Number">On the header, from 1.</param>
/// <param name="Name">As the board's maker writes it, such as GPIO17.</param>
/// <param name="Line">Offset in the board's GPIO chip.</param>
public sealed record BoardPin(int Number, string Name, int Line);
