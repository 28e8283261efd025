namespace EdgeMas.Simulation.Rendering;

/// <summary>Where a camera is and looks.</summary>
/// <param name="X">Metres; likewise <paramref name="Y"/>, and <paramref name="Z"/> above the ground, which must be positive.</param>
/// <param name="Yaw">Radians from the x axis, counter-clockwise.</param>
/// <param name="Pitch">Radians above the horizon; negative looks down.</param>
public readonly record struct CameraPose(double X, double Y, double Z, double Yaw, double Pitch);
