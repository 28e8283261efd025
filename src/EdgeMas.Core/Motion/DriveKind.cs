namespace EdgeMas.Core.Motion;

/// <summary>How a driving body gets about.</summary>
public enum DriveKind
{
    /// <summary>Two driven wheels, left and right: it turns on the spot.</summary>
    Differential,

    /// <summary>Four driven wheels with rollers at 45°: it goes in any direction while it turns.</summary>
    Mecanum,

    /// <summary>A driven back axle and steered front wheels, like a car: it turns only while it drives.</summary>
    Ackermann,
}
