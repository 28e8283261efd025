using EdgeMas.Control.Goals;
using EdgeMas.Core.Motion;

namespace EdgeMas.Control.Drives;

/// <summary>Two driven wheels.</summary>
internal sealed class DifferentialTrain(in WheeledGeometry geometry) : DriveTrain(geometry, geometry.TrackWidth / 2)
{
    internal override bool Can(in MotionGoal goal) => goal.Kind is not (GoalKind.Strafe or GoalKind.Arc);

    internal override WheelWay WayOf(in WheelSet turned) => new(turned.FrontLeft * Geometry.WheelRadius, turned.FrontRight * Geometry.WheelRadius, 0);

    internal override WheelCommand CommandFor(in MotionCommand motion)
    {
        var turn = motion.TurnRate * Geometry.TrackWidth / 2;
        return new WheelCommand(new WheelSet((motion.Speed - turn) / Geometry.WheelRadius, (motion.Speed + turn) / Geometry.WheelRadius, 0, 0));
    }
}
