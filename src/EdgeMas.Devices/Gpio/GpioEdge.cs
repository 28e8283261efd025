namespace EdgeMas.Devices.Gpio;

/// <summary>One change of an input, as the kernel noted it in its interrupt.</summary>
/// <param name="Index">Of the line in its <see cref="GpioLines"/>, from 0.</param>
/// <param name="Rising">From inactive to active.</param>
/// <param name="TimestampNanoseconds">On the monotonic clock (CLOCK_MONOTONIC).</param>
/// <param name="Sequence">Counts the edges of all lines of the request from 1, those that were lost too.</param>
public readonly record struct GpioEdge(int Index, bool Rising, long TimestampNanoseconds, uint Sequence);
