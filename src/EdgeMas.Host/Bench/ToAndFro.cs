using EdgeMas.Control.Desk;
using EdgeMas.Control.Goals;
using EdgeMas.Control.Loop;

namespace EdgeMas.Host.Bench;

/// <summary>Keeps a base moving while something is measured.</summary>
internal static class ToAndFro
{
    private static readonly TimeSpan Look = TimeSpan.FromMilliseconds(20);

    /// <summary>One way, the other way, until it is cancelled; then it returns.</summary>
    /// <param name="goal">That of a way: <see cref="MotionGoal.Drive"/>, <see cref="MotionGoal.Turn"/>.</param>
    public static async Task MoveAsync(MotionDesk desk, Func<double, MotionGoal> goal, double way, CancellationToken cancellationToken)
    {
        desk.Leases.TryAcquire("bench", out var lease);
        var id = 0L;
        while (!cancellationToken.IsCancellationRequested)
        {
            if (!desk.Leases.Feed(lease))
                desk.Leases.TryAcquire("bench", out lease); // a starved host may lose its own
            var now = desk.Snapshot;
            if (id == 0 || (now.GoalId == id && now.State != MotionState.Running))
            {
                desk.TrySubmit(lease, goal(way), out id);
                way = -way;
            }
            await Task.Delay(Look, TimeProvider.System, cancellationToken).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }
    }
}
