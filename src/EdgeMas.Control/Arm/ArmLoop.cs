using EdgeMas.Control.Loop;
using EdgeMas.Control.Native;
using EdgeMas.Control.Sharing;
using EdgeMas.Control.Trajectory;
using EdgeMas.Control.Vehicles;
using EdgeMas.Core.Motion;

namespace EdgeMas.Control.Arm;

/// <summary>
/// Moves an arm of servos at a fixed rate, all joints starting and arriving together. Its safe state is to hold, reached within the joints' limits; an emergency stop brings the body to its own at
/// once (<see cref="IServoArm.Halt"/>). A new goal begins when the one before has come to rest.
/// </summary>
/// <remarks>
/// The limits of speed, acceleration and jerk are those of the commands. Where servos report no position, the body reports what they were told: the state is then a dead reckoning, a joint
/// that does not follow is not seen, and a servo that is slower than its joint's limits lags behind.
/// </remarks>
public sealed class ArmLoop : VehicleLoop<ArmGoal, ArmState>
{
    /// <summary>Share of the limits that is planned with; the rest is in hand for following.</summary>
    private const double PlannedShare = 0.9;

    /// <summary>Per second: how a joint comes back to its planned way.</summary>
    private const double FollowGain = 10;

    /// <summary>Radians: a way is over when its last command is this near to its end, whatever the joints are allowed to miss it by.</summary>
    private const double Commanded = 0.002;

    private readonly IServoArm _body;
    private readonly ArmLimits _limits;
    private readonly ArmEnvelope _envelope;
    private readonly SCurve[] _ways;
    private ArmSensors _sensors;
    private ArmGoal _goal;
    private Phase _phase;
    private double _time, _duration, _apart;
    private bool _hasSensors;

    /// <exception cref="ControlOptionsException">An option cannot be used; the message names it.</exception>
    public ArmLoop(IServoArm body, ArmLimits limits, TimeProvider time)
        : this(body, limits, time, memory: null)
    {
    }

    /// <param name="memory">Through which hosts of other processes reach it; null in the process of its only host.</param>
    internal ArmLoop(IServoArm body, ArmLimits limits, TimeProvider time, SharedMemory<CoreLayout>? memory)
        : base(limits.Vehicle, time, body.Halt, memory)
    {
        limits.Check();
        if (body.JointCount != limits.Joints.Count)
            throw new ControlOptionsException($"{nameof(ArmLimits)}.{nameof(ArmLimits.Joints)}", $"{limits.Joints.Count} joints are described, the body has {body.JointCount}");
        (_body, _limits) = (body, limits);
        Kinematics = new ArmKinematics(limits.Joints);
        _envelope = new ArmEnvelope(limits, Kinematics);
        _ways = new SCurve[limits.Joints.Count];
        body.Hold();
        Publish();
    }

    private enum Phase
    {
        /// <summary>The servos hold by themselves.</summary>
        Held,
        Stopping,
        Moving,
    }

    public ArmKinematics Kinematics { get; }

    public ArmLimits Limits => _limits;

    private protected override bool NeedsOwner => false;

    private protected override bool TrySense(out long timestamp)
    {
        var answers = _body.TryRead(out var read);
        timestamp = read.Timestamp;
        for (var i = 0; i < _ways.Length; i++)
            answers &= double.IsFinite(read.Angles[i]);
        if (!answers)
            return false;
        _sensors = read;
        if (!_hasSensors)
            _envelope.Rest(read.Angles);
        _hasSensors = true;
        return true;
    }

    private protected override MotionCause RefusalOf(in ArmGoal goal)
    {
        if (goal.IsHold)
            return MotionCause.None;
        if (!(goal.SpeedShare > 0 && goal.SpeedShare <= 1))
            return MotionCause.Goal;
        return _envelope.RefusalOf(_envelope.Angles, goal.Angles);
    }

    private protected override void Begin(in ArmGoal goal)
    {
        if (_phase == Phase.Held)
            _envelope.Rest(_sensors.Angles);
        (_goal, _phase, _apart) = (goal, Phase.Stopping, 0);
    }

    private protected override MotionCause BodyForbids(in ArmGoal goal) => MotionCause.None;

    private protected override void Move(double seconds, MotionCause forbidden)
    {
        if (forbidden is MotionCause.EStop or MotionCause.Fault)
        {
            Freeze(isStop: forbidden == MotionCause.EStop);
            Limited = forbidden;
            return;
        }
        if (_phase == Phase.Held)
        {
            Limited = MotionCause.None;
            return;
        }
        if (forbidden != MotionCause.None || !IsRunning)
            _phase = Phase.Stopping;
        var wanted = _phase == Phase.Moving ? Follow(seconds) : default;
        _envelope.Apply(wanted, seconds);
        Limited = forbidden != MotionCause.None ? forbidden : _envelope.Limited;
        _body.TryMove(_envelope.Angles);
        if (Stop.IsEngaged)
            _body.Halt(); // engaged during this tick, whose setpoint may have undone it
        Judge(seconds);
    }

    private protected override void MoveBlind(double silentSeconds, bool isPatienceOver)
    {
        if (Stop.IsEngaged)
            Freeze(isStop: true);
        else if (isPatienceOver)
            Freeze();
    }

    private protected override void GiveUp() => Freeze();

    private protected override void Stay() => _phase = _phase == Phase.Held ? Phase.Held : Phase.Stopping;

    private protected override ArmState Describe() => new(_sensors.Angles, _envelope.Angles, Kinematics.ToolAt(_sensors.Angles), IsRunning && !_goal.IsHold ? Farthest(_goal.Angles) : 0);

    private void Freeze(bool isStop = false)
    {
        if (isStop)
            _body.Halt();
        else
            _body.Hold();
        _phase = Phase.Held;
        if (_hasSensors)
            _envelope.Rest(_sensors.Angles);
    }

    private JointVector Follow(double seconds)
    {
        var speeds = default(JointVector);
        for (var i = 0; i < _ways.Length; i++)
        {
            var (now, next) = (_ways[i].At(_time).Position, _ways[i].At(_time + seconds).Position);
            speeds[i] = ((next - now) / seconds) + (FollowGain * (now - _envelope.Angles[i]));
        }
        _time += seconds;
        return speeds;
    }

    private void Plan()
    {
        _duration = 0;
        for (var i = 0; i < _ways.Length; i++)
        {
            var motion = _limits.Joints[i].Motion;
            _ways[i] = SCurve.Plan(_envelope.Angles[i], _goal.Angles[i], new MotionLimits(
                motion.Speed * PlannedShare * _goal.SpeedShare, motion.Acceleration * PlannedShare, motion.Jerk * PlannedShare));
            _duration = Math.Max(_duration, _ways[i].Duration);
        }
        for (var i = 0; i < _ways.Length; i++)
            _ways[i] = _ways[i].Stretched(Math.Max(_duration, _ways[i].Duration));
        _time = 0;
        _phase = Phase.Moving;
    }

    private void Judge(double seconds)
    {
        _apart = Farthest(_envelope.Angles) > _limits.MaxFollowingError ? _apart + seconds : 0;
        if (_apart > _limits.FollowingPatience.TotalSeconds)
        {
            End(MotionState.Blocked, MotionCause.Joint);
            Freeze(); // it must not spring forward once it is free
            return;
        }
        if (_phase == Phase.Stopping && _envelope.IsStanding)
        {
            if (!IsRunning)
                return;
            if (_goal.IsHold)
                End(MotionState.Done, MotionCause.None);
            else
                BeginWay();
            return;
        }
        if (_phase != Phase.Moving)
            return;
        if (_envelope.Limited is MotionCause.Workspace)
            End(MotionState.Blocked, MotionCause.Workspace);
        else if (_time >= _duration && Farthest(_goal.Angles) < _limits.Tolerance && IsCommanded(_goal.Angles))
            End(MotionState.Done, MotionCause.None);
    }

    /// <summary>From where it came to rest, which may be another place than where the goal was judged from.</summary>
    private void BeginWay()
    {
        if (_envelope.RefusalOf(_envelope.Angles, _goal.Angles) is not MotionCause.None and var refusal)
            End(MotionState.Blocked, refusal);
        else
            Plan();
    }

    private bool IsCommanded(in JointVector angles)
    {
        for (var i = 0; i < _ways.Length; i++)
        {
            if (Math.Abs(angles[i] - _envelope.Angles[i]) > Commanded)
                return false;
        }
        return true;
    }

    private double Farthest(in JointVector from)
    {
        var farthest = 0.0;
        for (var i = 0; i < _ways.Length; i++)
            farthest = Math.Max(farthest, Math.Abs(from[i] - _sensors.Angles[i]));
        return farthest;
    }
}
