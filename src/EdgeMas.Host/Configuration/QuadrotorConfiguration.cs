using EdgeMas.Control.Flight;
using EdgeMas.Simulation.Flight;

namespace EdgeMas.Host.Configuration;

/// <summary>A simulated quadrotor, its envelope, and how it flies within.</summary>
internal sealed record QuadrotorConfiguration(QuadrotorDescription Body, FlightLimits Limits, FlightOptions Options);
