namespace EdgeMas.Core.Motion;

/// <summary>What a driving body measures.</summary>
/// <param name="WheelRadius">Metres.</param>
/// <param name="TrackWidth">Metres between the left and right wheels' middles.</param>
/// <param name="WheelBase">Metres between the axles; 0 for a differential body.</param>
/// <param name="MaxSteering">Radians that the steeper, inner front wheel of an Ackermann body can stand at; 0 for others.</param>
/// <param name="MaxSteeringRate">Radians a second that its steering can move.</param>
/// <remarks>The pose of an Ackermann body is that of the middle of its back axle, of the others that of the middle of their wheels.</remarks>
public readonly record struct WheeledGeometry(
    DriveKind Kind, double WheelRadius, double TrackWidth, double WheelBase = 0, double MaxSteering = 0, double MaxSteeringRate = 0);
