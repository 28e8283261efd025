using EdgeMas.Devices.Boards;
using EdgeMas.Devices.Chips.Gnss;

namespace EdgeMas.Host.Configuration;

/// <summary>A satellite receiver on a serial port.</summary>
/// <param name="Bus">The port: of the board's file, or made of a path.</param>
internal sealed record GnssConfiguration(BoardBus Bus, GnssWiring Wiring);
