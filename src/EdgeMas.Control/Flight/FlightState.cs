using EdgeMas.Core.Motion;

namespace EdgeMas.Control.Flight;

/// <summary>A quadrotor at one tick.</summary>
/// <param name="Position">Metres in the world, z up.</param>
/// <param name="Velocity">Metres a second.</param>
/// <param name="Yaw">Radians, like <paramref name="Tilt"/>.</param>
/// <param name="Target">Where it flies to or holds.</param>
/// <param name="Remaining">Metres to the target.</param>
/// <param name="Battery">0 to 1.</param>
public readonly record struct FlightState(
    FlightMode Mode, Vector3D Position, Vector3D Velocity, double Yaw, double Tilt, Vector3D Target, double Remaining, double Battery);
