using EdgeMas.Devices.Chips.Gnss;

namespace EdgeMas.Devices.Quadrotor;

/// <summary>A GNSS receiver on a serial port. It should tell five times a second or more.</summary>
/// <param name="XAxisBearing">Of the world's x axis, radians clockwise from true north; its y axis lies a quarter turn to the left.</param>
public sealed record SatelliteWiring(GnssWiring Receiver, double XAxisBearing = Math.PI / 2);
