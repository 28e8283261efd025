namespace EdgeMas.Simulation.Rendering;

/// <summary>A rectangle of concrete slabs along the world's axes; grass grows around it. Metres.</summary>
public readonly record struct PavedArea(double MinX, double MinY, double MaxX, double MaxY);
