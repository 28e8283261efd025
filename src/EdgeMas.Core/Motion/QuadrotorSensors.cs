namespace EdgeMas.Core.Motion;

/// <summary>What a flying body knows of itself at one moment, as its navigation makes it of satellites, barometer and IMU.</summary>
/// <param name="Timestamp">Of the <see cref="TimeProvider"/> that the body runs on.</param>
/// <param name="Position">Metres in the world, z from where it took off.</param>
/// <param name="Velocity">Metres a second in the world.</param>
/// <param name="AngularRate">Radians a second about the body's axes.</param>
/// <param name="Battery">0 to 1.</param>
/// <param name="MustLand">A sensor that it flies by has failed: what is left holds out for a landing where it is, and no more.</param>
public readonly record struct QuadrotorSensors(
    long Timestamp, Vector3D Position, Vector3D Velocity, Attitude Attitude, Vector3D AngularRate, double Battery, bool MustLand = false);
