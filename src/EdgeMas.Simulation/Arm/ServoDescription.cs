namespace EdgeMas.Simulation.Arm;

/// <summary>One simulated position servo.</summary>
/// <param name="StartDeg">Where it stands at the start.</param>
/// <param name="MaxSpeedRadPerS">What its motor can do.</param>
/// <param name="LagS">First-order lag of its speed behind what its own controller asks for.</param>
/// <param name="StiffnessPerS">Its own controller: speed for each radian of error.</param>
/// <param name="NoiseRad">Standard deviation of what it reports.</param>
public sealed record ServoDescription(double StartDeg = 0, double MaxSpeedRadPerS = 5, double LagS = 0.02, double StiffnessPerS = 25, double NoiseRad = 0.001);
