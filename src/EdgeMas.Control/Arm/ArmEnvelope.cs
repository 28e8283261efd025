using EdgeMas.Control.Envelope;
using EdgeMas.Control.Goals;
using EdgeMas.Control.Loop;
using EdgeMas.Core.Motion;

namespace EdgeMas.Control.Arm;

/// <summary>
/// Between the speeds that the controller wants and the positions that the servos get: each joint's range, speed, acceleration and jerk, and the tool's workspace.
/// </summary>
/// <remarks>The control loop's thread only; allocates nothing.</remarks>
internal sealed class ArmEnvelope
{
    /// <summary>Per second: how the end of a joint's range is approached.</summary>
    private const double LandingGain = 4;

    /// <summary>Share of the acceleration that is planned with before the end of a range.</summary>
    private const double PlannedShare = 0.5;

    /// <summary>Metres inside the workspace where the tool comes to rest: joints that stop each in its own time bend its way.</summary>
    private const double Margin = 0.01;

    private readonly ArmLimits _limits;
    private readonly ArmJoint[] _joints;
    private readonly ArmKinematics _kinematics;
    private readonly SlewLimiter[] _speeds;
    private readonly double[] _reactions;
    private JointVector _angles;

    internal ArmEnvelope(ArmLimits limits, ArmKinematics kinematics)
    {
        (_limits, _kinematics) = (limits, kinematics);
        _joints = [.. limits.Joints];
        _speeds = [.. _joints.Select(joint => new SlewLimiter(-joint.Motion.Speed, joint.Motion.Speed, joint.Motion.Acceleration, joint.Motion.Acceleration, joint.Motion.Jerk))];
        _reactions = [.. _joints.Select(joint => joint.Motion.Acceleration / joint.Motion.Jerk)];
    }

    /// <summary>The positions that were let through last.</summary>
    internal ref readonly JointVector Angles => ref _angles;

    internal MotionCause Limited { get; private set; }

    /// <summary>Slowing down did not keep the tool inside: the servos' positions stand still from one step to the next.</summary>
    internal bool IsBraked { get; private set; }

    internal bool IsStanding
    {
        get
        {
            foreach (ref readonly var speed in _speeds.AsSpan())
            {
                if (speed.Value != 0)
                    return false;
            }
            return true;
        }
    }

    internal double SpeedOf(int joint) => _speeds[joint].Value;

    /// <summary>The arm stands there: what comes next starts from it.</summary>
    internal void Rest(in JointVector angles)
    {
        for (var i = 0; i < _joints.Length; i++)
        {
            _angles[i] = Math.Clamp(angles[i], _joints[i].Least, _joints[i].Most);
            _speeds[i].Rest();
        }
    }

    /// <summary>Whether the joints may go from here straight to an end: none leaves its range, and the tool not its workspace on the way.</summary>
    internal MotionCause RefusalOf(in JointVector from, in JointVector to)
    {
        const int looks = 64;
        for (var i = 0; i < _joints.Length; i++)
        {
            if (!(to[i] >= _joints[i].Least && to[i] <= _joints[i].Most))
                return MotionCause.Joint;
        }
        var startsInside = _limits.IsInWorkspace(_kinematics.ToolAt(from));
        for (var look = startsInside ? 1 : looks; look <= looks; look++)
        {
            var between = from;
            for (var i = 0; i < _joints.Length; i++)
                between[i] += (to[i] - from[i]) * look / looks;
            if (!_limits.IsInWorkspace(_kinematics.ToolAt(between)))
                return MotionCause.Workspace;
        }
        return MotionCause.None;
    }

    /// <param name="wanted">Radians a second; what is no number counts as rest.</param>
    internal void Apply(JointVector wanted, double seconds)
    {
        Limited = MotionCause.None;
        for (var i = 0; i < _joints.Length; i++)
        {
            if (!double.IsFinite(wanted[i]))
                (wanted[i], Limited) = (0, MotionCause.Goal);
            Limit(ref wanted[i], -_joints[i].Motion.Speed, _joints[i].Motion.Speed, MotionCause.Speed);
            var reach = Math.Abs(_speeds[i].Value) * _reactions[i];
            Limit(
                ref wanted[i],
                -SpeedProfile.SpeedFor(_angles[i] - _joints[i].Least - reach, _joints[i].Motion.Acceleration * PlannedShare, LandingGain),
                SpeedProfile.SpeedFor(_joints[i].Most - _angles[i] - reach, _joints[i].Motion.Acceleration * PlannedShare, LandingGain),
                MotionCause.Joint);
        }
        if (LeavesWorkspace(wanted, seconds))
            (wanted, Limited) = (default, MotionCause.Workspace);
        var next = _angles;
        for (var i = 0; i < _joints.Length; i++)
        {
            _speeds[i].Move(wanted[i], seconds);
            next[i] = Math.Clamp(_angles[i] + (_speeds[i].Value * seconds), _joints[i].Least, _joints[i].Most);
            if (next[i] == _joints[i].Least || next[i] == _joints[i].Most)
                _speeds[i].Rest(); // the end of the range: it stands there
        }
        var outside = Outside(_kinematics.ToolAt(next), margin: 0);
        IsBraked = outside > 0 && outside >= Outside(_kinematics.ToolAt(_angles), margin: 0);
        if (!IsBraked)
        {
            _angles = next;
            return;
        }
        Limited = MotionCause.Workspace;
        foreach (ref var speed in _speeds.AsSpan())
            speed.Rest();
    }

    /// <summary>Looks where the tool would go until it came to rest, were the joints told to stop after this step. From outside, what leads nearer is let through.</summary>
    private bool LeavesWorkspace(in JointVector wanted, double seconds)
    {
        const int looks = 3;
        var ways = default(JointVector);
        for (var i = 0; i < _joints.Length; i++)
            ways[i] = _speeds[i].WayToRest(wanted[i], seconds);
        var before = Outside(_kinematics.ToolAt(_angles), Margin);
        for (var look = 1; look <= looks; look++)
        {
            var rest = _angles;
            for (var i = 0; i < _joints.Length; i++)
                rest[i] += ways[i] * look / looks;
            var outside = Outside(_kinematics.ToolAt(rest), Margin);
            if (outside > 0 && outside >= before)
                return true;
            before = outside;
        }
        return false;
    }

    /// <returns>Metres outside of the workspace less a margin.</returns>
    private double Outside(in Vector3D tool, double margin) => new Vector3D(
        Math.Max(0, Math.Max(_limits.WorkspaceLeast.X + margin - tool.X, tool.X - _limits.WorkspaceMost.X + margin)),
        Math.Max(0, Math.Max(_limits.WorkspaceLeast.Y + margin - tool.Y, tool.Y - _limits.WorkspaceMost.Y + margin)),
        Math.Max(0, Math.Max(_limits.WorkspaceLeast.Z + margin - tool.Z, tool.Z - _limits.WorkspaceMost.Z + margin))).Length;

    private void Limit(ref double value, double least, double most, MotionCause cause)
    {
        if (value >= least && value <= most)
            return;
        (value, Limited) = (Math.Clamp(value, least, most), cause);
    }
}
