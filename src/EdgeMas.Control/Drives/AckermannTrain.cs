using EdgeMas.Control.Envelope;
using EdgeMas.Control.Goals;
using EdgeMas.Core.Motion;

namespace EdgeMas.Control.Drives;

/// <summary>A driven back axle with a differential gear, and a steered front axle.</summary>
internal sealed class AckermannTrain : DriveTrain
{
    /// <summary>Metres of rounding in a planned arc's length.</summary>
    private const double Slack = 1e-6;

    /// <exception cref="ControlOptionsException">A measure cannot be used.</exception>
    internal AckermannTrain(in WheeledGeometry geometry, EnvelopeOptions limits)
        : base(geometry, geometry.TrackWidth / 2) => Steering = new SteeringLimit(geometry, limits);

    internal SteeringLimit Steering { get; }

    internal override bool Can(in MotionGoal goal) => 
        goal.Kind is GoalKind.Stop or GoalKind.Drive || (goal.Kind == GoalKind.Arc && Math.Abs(goal.Angle) * Steering.MinimumRadius <= Math.Abs(goal.Distance) + Slack);

    internal override WheelWay WayOf(in WheelSet turned) => new(turned.BackLeft * Geometry.WheelRadius, turned.BackRight * Geometry.WheelRadius, 0);

    internal override WheelCommand CommandFor(in MotionCommand motion)
    {
        var axle = motion.Speed / Geometry.WheelRadius;
        return new WheelCommand(new WheelSet(0, 0, axle, axle), motion.Steering);
    }

    /// <summary>One motor turns the axle.</summary>
    private protected override double RimOf(double ahead, double side, double turn) => ahead;
}
