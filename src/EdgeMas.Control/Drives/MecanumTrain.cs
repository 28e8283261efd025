using EdgeMas.Control.Goals;
using EdgeMas.Control.Kinematics;
using EdgeMas.Core.Motion;

namespace EdgeMas.Control.Drives;

/// <summary>Four mecanum wheels.</summary>
internal sealed class MecanumTrain : DriveTrain
{
    private readonly MecanumKinematics _kinematics;

    /// <exception cref="ControlOptionsException">A measure is not above 0.</exception>
    internal MecanumTrain(in WheeledGeometry geometry)
        : base(geometry, (geometry.WheelBase + geometry.TrackWidth) / 2)
    {
        ControlOptionsException.ThrowUnlessAbove(geometry.WheelBase, 0, $"{nameof(WheeledGeometry)}.{nameof(geometry.WheelBase)}");
        _kinematics = new MecanumKinematics(geometry.WheelRadius, geometry.WheelBase, geometry.TrackWidth, double.MaxValue); // the envelope's axes limit the wheels
    }

    internal override bool Can(in MotionGoal goal) => goal.Kind != GoalKind.Arc;

    internal override WheelWay WayOf(in WheelSet turned)
    {
        var motion = _kinematics.TwistOf(turned);
        var turn = motion.Turn * Pair.TrackWidth / 2;
        return new WheelWay(motion.Ahead - turn, motion.Ahead + turn, motion.Left);
    }

    internal override WheelCommand CommandFor(in MotionCommand motion) => new(_kinematics.WheelsFor(new PlanarTwist(motion.Speed, motion.Side, motion.TurnRate)));

    private protected override double RimOf(double ahead, double side, double turn) => ahead + side + (turn * Pair.TrackWidth / 2);
}
