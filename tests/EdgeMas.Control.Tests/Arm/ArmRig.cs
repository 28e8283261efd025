using EdgeMas.Control.Arm;
using EdgeMas.Control.Tests.Vehicles;
using EdgeMas.Control.Trajectory;
using EdgeMas.Control.Vehicles;
using EdgeMas.Core.Motion;
using EdgeMas.Simulation.Arm;

namespace EdgeMas.Control.Tests.Arm;

/// <summary>An arm and its control loop, stepped by hand on one thread: 10 ms a step.</summary>
internal sealed class ArmRig : VehicleRig<ArmGoal, ArmState>
{
    internal static readonly TimeSpan Period = TimeSpan.FromMilliseconds(10);

    internal ArmRig(ArmLimits? limits = null, int seed = 1) : base(Period)
    {
        Limits = limits ?? FourJoints;
        World = new ArmWorld([.. Limits.Joints.Select((_, i) => new ServoDescription(i == 0 ? 0 : i == 1 ? 60 : -60))], seed);
        Body = new RecordingArm(new SimulatedArm(World, Clock));
        Loop = new ArmLoop(Body, Limits, Clock);
        TakeLease("rig");
    }

    /// <summary>A turntable, shoulder, elbow and wrist.</summary>
    internal static ArmLimits FourJoints { get; } = new()
    {
        Joints =
        [
            new ArmJoint(0, Math.PI / 2, 0.1, 0, -2.8, 2.8, new MotionLimits(2, 4, 40)),
            new ArmJoint(0.2, 0, 0, 0, -0.2, 2.4, new MotionLimits(1.5, 4, 40)),
            new ArmJoint(0.2, 0, 0, 0, -2.4, 2.4, new MotionLimits(2, 6, 60)),
            new ArmJoint(0.1, 0, 0, 0, -1.8, 1.8, new MotionLimits(3, 8, 80)),
        ],
        WorkspaceLeast = new Vector3D(-0.6, -0.6, 0.03),
        WorkspaceMost = new Vector3D(0.6, 0.6, 0.8),
    };

    internal ArmWorld World { get; }

    internal ArmLimits Limits { get; }

    internal RecordingArm Body { get; }

    internal ArmLoop Loop { get; }

    protected override VehicleLoop<ArmGoal, ArmState> Vehicle => Loop;

    protected override object Truth => World.TrueAngles;

    protected override void StepWorld(TimeSpan period) => World.Step(period);

    /// <summary>Passes everything through and remembers what went to the servos last.</summary>
    internal sealed class RecordingArm(IServoArm body) : IServoArm
    {
        internal JointVector Angles { get; private set; }

        internal bool IsHeld { get; private set; } = true;

        internal int Halts { get; private set; }

        internal int Moves { get; private set; }

        public int JointCount => body.JointCount;

        public bool TryRead(out ArmSensors sensors) => body.TryRead(out sensors);

        public bool TryMove(in JointVector angles)
        {
            (Angles, IsHeld) = (angles, false);
            Moves++;
            return body.TryMove(angles);
        }

        public void Hold()
        {
            IsHeld = true;
            body.Hold();
        }

        public void Halt()
        {
            Halts++;
            IsHeld = true;
            body.Halt();
        }
    }
}
