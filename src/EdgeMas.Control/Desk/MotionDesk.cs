using EdgeMas.Control.Envelope;
using EdgeMas.Control.Goals;
using EdgeMas.Control.Leases;
using EdgeMas.Control.Loop;
using EdgeMas.Control.Process;
using EdgeMas.Control.Sharing;
using EdgeMas.Core.Motion;

namespace EdgeMas.Control.Desk;

/// <summary>Where a host moves a rover's base from: it gives goals under a lease, sees what became of them, and stops. The loop may live in another process (<see cref="Attach"/>).</summary>
/// <remarks>Any thread.</remarks>
public sealed class MotionDesk : CoreDesk
{
    private Pose2D _lastPose;

    internal MotionDesk(DeskPlace place, EnvelopeOptions limits, TimeProvider time, Action? brake)
        : base(place, limits.LeaseDuration, limits.HostPatience, time, brake) => Limits = limits;

    public EnvelopeOptions Limits { get; }

    /// <summary>The newest state. One that is faulted, with tick −1, when the core died while it wrote; one that claims no motion while the core is lost.</summary>
    public MotionSnapshot Snapshot => IsCoreLost ? Unclaimed(Newest) : Newest;

    private MotionSnapshot Newest => TryReadSnapshot<MotionSnapshot>(out var snapshot) ? snapshot : new MotionSnapshot { Tick = -1, State = MotionState.Faulted, Cause = MotionCause.Fault };

    /// <summary>Takes the base over from the host before, which must have gone silent.</summary>
    /// <param name="path">The core's region of shared memory.</param>
    /// <param name="settings">What the core is expected to run under.</param>
    /// <remarks>Waits for that, some seconds at most.</remarks>
    /// <exception cref="RegionException">There is no such core, it runs under other settings, or another host has the base.</exception>
    public static MotionDesk Attach(string path, CoreSettings settings) => new(Join(path, settings), settings.Envelope, TimeProvider.System, brake: null);

    /// <summary>Sets a goal in place of the one before. Its owner must go on feeding the lease (<see cref="MotionLeases.Feed"/>), or the base stops.</summary>
    /// <param name="goalId">The goal's number, by which <see cref="Snapshot"/> speaks of it; numbers grow.</param>
    /// <returns>False when the lease ran out or another has it.</returns>
    public bool TrySubmit(in MotionLease lease, in MotionGoal goal, out long goalId) => TryGive(lease, goal, out goalId);

    /// <summary>Moves the base's idea of where it is towards a pose that something else measured. A relative drive or turn is finished first.</summary>
    /// <param name="weight">0 keeps what odometry says, 1 takes over the measurement.</param>
    public void CorrectPose(in Pose2D measured, double weight)
    {
        var correction = new PoseCorrection(measured, weight);
        if (!correction.IsValid)
            throw new ArgumentException($"a correction needs a pose and a weight from 0 to 1; got {measured} with weight {weight}", nameof(measured));
        Correct(correction);
    }

    internal override void LoseCore()
    {
        _lastPose = Newest.Pose;
        base.LoseCore();
    }

    internal override void Rejoin()
    {
        base.Rejoin();
        CorrectPose(_lastPose, weight: 1); // the new core's odometry begins where it was started first
    }

    /// <summary>What a core that is gone was doing is over.</summary>
    private static MotionSnapshot Unclaimed(in MotionSnapshot last) => last with
    {
        State = last.State == MotionState.Running ? MotionState.Faulted : last.State,
        Cause = last.State == MotionState.Running ? MotionCause.Core : last.Cause,
        Speed = 0,
        TurnRate = 0,
        SideSpeed = 0,
        Limited = MotionCause.Core,
    };
}
