namespace EdgeMas.Core.Motion;

/// <param name="WheelRadius">Metres.</param>
/// <param name="TrackWidth">Metres between the wheels' middles.</param>
public readonly record struct DifferentialDriveGeometry(double WheelRadius, double TrackWidth);
