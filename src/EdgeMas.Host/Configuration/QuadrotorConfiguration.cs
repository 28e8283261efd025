using EdgeMas.Control.Flight;
using EdgeMas.Simulation.Flight;

namespace EdgeMas.Host.Configuration;

/// <summary>A quadrotor, its envelope, and how it flies within.</summary>
/// <param name="Body">Of a simulated one; of one of chips, its likeness for who simulates it.</param>
internal sealed record QuadrotorConfiguration(QuadrotorDescription Body, FlightLimits Limits, FlightOptions Options);
