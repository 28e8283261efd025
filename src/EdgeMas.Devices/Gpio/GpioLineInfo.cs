namespace EdgeMas.Devices.Gpio;

/// <summary>What the kernel knows about one line.</summary>
/// <param name="Name">From the board's device tree, such as GPIO17; empty where it gives none.</param>
/// <param name="Consumer">Who holds it; empty where nobody does.</param>
public sealed record GpioLineInfo(int Line, string Name, string Consumer, bool Used, bool Output);
