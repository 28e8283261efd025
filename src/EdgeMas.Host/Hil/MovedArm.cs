using System.Globalization;
using EdgeMas.Control.Arm;
using EdgeMas.Control.Leases;
using EdgeMas.Control.Vehicles;
using EdgeMas.Core.Motion;

namespace EdgeMas.Host.Hil;

/// <summary>An arm under its control loop, with somebody who looks at it from outside: the same cases run on chips and in simulation.</summary>
/// <param name="patience">As <see cref="HilBench.Patience"/>.</param>
internal abstract class MovedArm(TimeProvider time, TimeSpan patience) : IDisposable
{
    private static readonly TimeSpan LongestMotion = TimeSpan.FromSeconds(10);

    private MotionLease _lease;

    public TimeProvider Time => time;

    public abstract ArmLoop Loop { get; }

    public virtual int JointCount => Loop.Limits.Joints.Count;

    public VehicleSnapshot<ArmState> Snapshot => Loop.Desk.Snapshot;

    /// <summary>What does not work, as the body tells it.</summary>
    public abstract IReadOnlyList<string> Troubles { get; }

    /// <summary>How exactly the outside sees an angle, in radians, likewise the step between two of them.</summary>
    public abstract double Resolution { get; }

    /// <summary>Where a joint is seen now, radians; NaN where it is let go.</summary>
    public abstract double See(int joint);

    /// <summary>Where a joint was seen since then, oldest first, each where it changed.</summary>
    public abstract IReadOnlyList<JointSight> SightsOf(int joint, long since);

    public abstract void Dispose();

    /// <summary>Where all joints are seen now; NaN for those that are let go.</summary>
    public JointVector SeeAll()
    {
        var angles = default(JointVector);
        for (var i = 0; i < JointCount; i++)
            angles[i] = See(i);
        return angles;
    }

    /// <summary>The tool's place by the joints' angles alone: turntable, then links in one plane. Written by hand, beside <see cref="ArmKinematics"/>.</summary>
    /// <exception cref="HilFailure">The arm is another one.</exception>
    public Vector3D ToolAt(in JointVector angles)
    {
        var joints = Loop.Limits.Joints;
        if (joints[0].Twist != Math.PI / 2 || joints.Skip(1).Any(joint => joint.Twist != 0 || joint.Offset != 0) || joints.Any(joint => joint.Zero != 0))
            throw new HilFailure("this suite is for an arm of a turntable and links in one plane");
        var (reach, height, tilt) = (joints[0].Length, joints[0].Offset, 0.0);
        for (var i = 1; i < joints.Count; i++)
        {
            tilt += angles[i];
            reach += joints[i].Length * Math.Cos(tilt);
            height += joints[i].Length * Math.Sin(tilt);
        }
        return new Vector3D(reach * Math.Cos(angles[0]), reach * Math.Sin(angles[0]), height);
    }

    /// <summary>Gives a goal, under a lease of its own.</summary>
    public void Begin(in ArmGoal goal)
    {
        HilBench.True(Loop.Desk.Leases.TryAcquire("hil", out _lease), "a lease for the arm");
        HilBench.True(Loop.Desk.TrySubmit(_lease, goal, out var id), "the goal is taken");
        Until(() => Snapshot.GoalId == id, "the loop has the goal", feeds: true);
    }

    /// <summary>The goal's owner is alive.</summary>
    public void Feed() => Loop.Desk.Leases.Feed(_lease);

    /// <summary>Moves and waits for the end, whatever it is.</summary>
    public VehicleSnapshot<ArmState> Finish(in ArmGoal goal)
    {
        Begin(goal);
        Until(() => !Snapshot.IsMoving, "the motion ends", feeds: true, patience > LongestMotion ? patience : LongestMotion);
        return Snapshot;
    }

    /// <param name="feeds">The goal's owner is alive meanwhile.</param>
    /// <param name="longest">Null for the bench's patience.</param>
    public void Until(Func<bool> condition, string what, bool feeds = false, TimeSpan? longest = null)
    {
        var limit = longest ?? patience;
        var started = Time.GetTimestamp();
        while (!condition())
        {
            if (Time.GetElapsedTime(started) > limit)
                throw new HilFailure(string.Create(CultureInfo.InvariantCulture, $"{what}: not within {limit.TotalSeconds} s; the goal is {Snapshot.State}, {Snapshot.Cause}; troubles: {string.Join("; ", Troubles)}"));
            if (feeds)
                Feed();
            HilBench.Pause(TimeSpan.FromMilliseconds(2));
        }
    }
}
