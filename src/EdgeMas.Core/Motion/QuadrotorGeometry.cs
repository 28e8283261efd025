namespace EdgeMas.Core.Motion;

/// <summary>A quadrotor in X shape.</summary>
/// <param name="Mass">Kilograms.</param>
/// <param name="ArmLength">Metres from the middle to a rotor's axis; the arms stand at 45° to the nose.</param>
/// <param name="Inertia">About the body's axes, kg·m².</param>
/// <param name="ThrustFactor">Newtons for each (rad/s)² of a rotor.</param>
/// <param name="TorqueFactor">Newton metres for each (rad/s)² of a rotor, against its turning.</param>
/// <param name="MaxRotorSpeed">Radians a second.</param>
public readonly record struct QuadrotorGeometry(double Mass, double ArmLength, Vector3D Inertia, double ThrustFactor, double TorqueFactor, double MaxRotorSpeed);
