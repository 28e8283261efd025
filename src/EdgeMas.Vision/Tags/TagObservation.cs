namespace EdgeMas.Vision.Tags;

/// <summary>A marker and where it stands from the camera.</summary>
/// <param name="Distance">Metres from the lens to the tag's middle.</param>
/// <param name="Bearing">Radians from the picture's middle, left positive.</param>
/// <param name="Yaw">How the tag is turned, radians counter-clockwise seen from above; 0 when it looks straight back along the camera's line of sight.</param>
/// <param name="Corners">Eight numbers: x and y of four corners in pixels, clockwise around the black square.</param>
public sealed record TagObservation(int Id, double Distance, double Bearing, double Yaw, IReadOnlyList<double> Corners);
