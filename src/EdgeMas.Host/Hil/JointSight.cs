namespace EdgeMas.Host.Hil;

/// <summary>Where a joint was seen from outside.</summary>
/// <param name="Timestamp">Of the bench's clock.</param>
/// <param name="Angle">Radians; NaN where it is let go.</param>
internal readonly record struct JointSight(long Timestamp, double Angle);
