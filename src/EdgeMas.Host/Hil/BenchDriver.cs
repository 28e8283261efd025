using EdgeMas.Control.Goals;
using EdgeMas.Control.Loop;

namespace EdgeMas.Host.Hil;

/// <summary>The control loop in the bench's own process.</summary>
internal sealed class BenchDriver(BenchRover rover) : IFileDriver
{
    public MotionState State => rover.Snapshot.State;

    public MotionCause Cause => rover.Snapshot.Cause;

    public IReadOnlyList<string> Troubles => rover.Body.Troubles;

    public void PowerOn() => rover.PowerOn();

    public void Begin(in MotionGoal goal) => rover.Begin(goal);

    public void ReleaseStop() => rover.Loop.Desk.EmergencyStop.Release();

    public void Feed() => rover.Feed();

    /// <summary>The rover is the suite's.</summary>
    public void Dispose()
    {
    }
}
