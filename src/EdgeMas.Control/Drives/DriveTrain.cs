using EdgeMas.Control.Envelope;
using EdgeMas.Control.Goals;
using EdgeMas.Core.Motion;

namespace EdgeMas.Control.Drives;

/// <summary>What one kind of wheels makes of a motion, and which motion of its wheels. Immutable; allocates only when made.</summary>
internal abstract class DriveTrain(in WheeledGeometry geometry, double arms)
{
    internal WheeledGeometry Geometry { get; } = geometry;

    /// <summary>The two wheels that would turn the base as much by the same difference of their ways.</summary>
    internal DifferentialDriveGeometry Pair { get; } = new(geometry.WheelRadius, 2 * arms);

    /// <exception cref="ControlOptionsException">A measure cannot be used, or the limits ask more of a wheel than it may do.</exception>
    internal static DriveTrain Of(in WheeledGeometry geometry, EnvelopeOptions limits)
    {
        const string name = nameof(WheeledGeometry);
        ControlOptionsException.ThrowUnlessAbove(geometry.WheelRadius, 0, $"{name}.{nameof(geometry.WheelRadius)}");
        ControlOptionsException.ThrowUnlessAbove(geometry.TrackWidth, 0, $"{name}.{nameof(geometry.TrackWidth)}");
        DriveTrain train = geometry.Kind switch
        {
            DriveKind.Differential => new DifferentialTrain(geometry),
            DriveKind.Mecanum => new MecanumTrain(geometry),
            DriveKind.Ackermann => new AckermannTrain(geometry, limits),
            _ => throw new ControlOptionsException($"{name}.{nameof(geometry.Kind)}", $"{geometry.Kind} is no drive that can be controlled"),
        };
        train.CheckWheels(limits);
        return train;
    }

    /// <summary>Whether this drive can do such a goal at all.</summary>
    internal abstract bool Can(in MotionGoal goal);

    internal abstract WheelWay WayOf(in WheelSet turned);

    internal abstract WheelCommand CommandFor(in MotionCommand motion);

    /// <returns>Metres a second (per second, …) of a wheel's rim when every axis does so much at once.</returns>
    private protected virtual double RimOf(double ahead, double side, double turn) => ahead + (turn * Pair.TrackWidth / 2);

    /// <summary>
    /// The axes' limits are the wheels' as well: a wheel's speed is a sum of the axes', so that one which stays within its share of every axis stays within its own. A
    /// configuration whose axes could sum up to more is refused, and no motion is ever distorted to fit.
    /// </summary>
    private void CheckWheels(EnvelopeOptions limits)
    {
        Check(RimOf(limits.MaxSpeed, limits.MaxSideSpeed, limits.MaxTurnRate), limits.MaxWheelSpeed, nameof(limits.MaxWheelSpeed), "rad/s");
        var change = Math.Max(limits.MaxAcceleration, limits.MaxDeceleration);
        Check(RimOf(change, change, limits.MaxTurnAcceleration), limits.MaxWheelAcceleration, nameof(limits.MaxWheelAcceleration), "rad/s²");
        Check(RimOf(limits.MaxJerk, limits.MaxJerk, limits.MaxTurnJerk), limits.MaxWheelJerk, nameof(limits.MaxWheelJerk), "rad/s³");
    }

    private void Check(double rim, double most, string option, string unit)
    {
        if (rim / Geometry.WheelRadius > most)
        {
            throw new ControlOptionsException(
                $"{nameof(EnvelopeOptions)}.{option}", $"all that the base may do at once needs {rim / Geometry.WheelRadius:0.#} {unit} of a wheel, and a wheel may do {most:0.#}: lower what the base may do");
        }
    }
}
