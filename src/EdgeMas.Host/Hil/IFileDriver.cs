using EdgeMas.Control.Goals;
using EdgeMas.Control.Loop;

namespace EdgeMas.Host.Hil;

/// <summary>Who drives the rover of a suite's file.</summary>
internal interface IFileDriver : IDisposable
{
    MotionState State { get; }

    MotionCause Cause { get; }

    IReadOnlyList<string> Troubles { get; }

    /// <summary>Opens the body. Once.</summary>
    void PowerOn();

    /// <summary>Gives a goal, and waits until the control loop has it.</summary>
    void Begin(in MotionGoal goal);

    void ReleaseStop();

    /// <summary>The goal's owner is alive.</summary>
    void Feed();
}
