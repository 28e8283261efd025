using EdgeMas.Core.Motion;

namespace EdgeMas.Simulation.Flight;

/// <summary>The truth about the quadrotor at one moment, which no agent may ask for.</summary>
/// <param name="Seconds">Virtual time since the world began.</param>
/// <param name="Wind">Metres a second, gusts included.</param>
/// <param name="IsOnGround">It stands on the ground.</param>
/// <param name="HardLandings">Times that it hit the ground faster than 1.5 m/s or far from level.</param>
public readonly record struct FlightTruth(
    double Seconds, Vector3D Position, Vector3D Velocity, Attitude Attitude, Vector3D AngularRate, RotorSpeeds Rotors, Vector3D Wind, double Battery, bool IsOnGround, int HardLandings);
