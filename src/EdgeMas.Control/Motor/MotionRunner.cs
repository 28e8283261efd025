using EdgeMas.Control.Desk;
using EdgeMas.Control.Goals;
using EdgeMas.Control.Loop;
using EdgeMas.Core.Skills;
using EdgeMas.Core.Time;

namespace EdgeMas.Control.Motor;

/// <summary>Sets a goal, watches over it until it ends, and stops the base when it is cancelled. Any thread, one motion at a time.</summary>
/// <param name="brake">Virtual time stands still while this looks at the base, so that it is never late.</param>
internal sealed class MotionRunner(MotionDesk desk, string holder, TimeProvider time, ITimeBrake brake, TimeSpan progressInterval)
{
    private static readonly TimeSpan Look = TimeSpan.FromMilliseconds(100);

    /// <summary>Looks without a tick of the loop, after which it is taken for dead.</summary>
    private const int MostIdleLooks = 20;

    /// <returns>The goal's last snapshot; one of a later goal when that took its place.</returns>
    /// <exception cref="MotionRefusedException">Another has the lease, or the loop does not run.</exception>
    internal async Task<MotionSnapshot> RunAsync(MotionGoal goal, IProgress<SkillProgress>? progress, CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        var hold = brake.Hold();
        try
        {
            if (!desk.Leases.TryAcquire(holder, out var lease) || !desk.TrySubmit(lease, goal, out var id))
                throw new MotionRefusedException($"the base is leased to '{desk.Leases.Holder}'");
            try
            {
                var session = desk.Session;
                var last = new MotionSnapshot { Kind = goal.Kind };
                var watch = new Watch(desk.Snapshot.Tick);
                while (true)
                {
                    var now = desk.Snapshot;
                    if (desk.Session != session)
                        return last with { State = MotionState.Faulted, Cause = MotionCause.Core }; // the core was started anew and knows nothing of it
                    if (now.GoalId == id)
                        last = now;
                    if (now.GoalId > id || (now.GoalId == id && now.State != MotionState.Running))
                        return now;
                    watch.See(now, id, progress, progressInterval);
                    await new BrakedPause(Task.Delay(Look, time, cancellationToken), hold);
                    hold = brake.Hold();
                    desk.Leases.Feed(lease);
                }
            }
            catch (Exception) when (desk.Snapshot.GoalId <= id)
            {
                desk.TrySubmit(lease, MotionGoal.Stop(), out _);
                throw;
            }
        }
        finally
        {
            hold.Dispose();
        }
    }

    private struct Watch(long tick)
    {
        private long _tick = tick;
        private int _idleLooks;
        private double _whole;
        private TimeSpan _sinceReport;

        internal void See(in MotionSnapshot now, long id, IProgress<SkillProgress>? progress, TimeSpan interval)
        {
            _idleLooks = now.Tick == _tick ? _idleLooks + 1 : 0;
            _tick = now.Tick;
            if (_idleLooks > MostIdleLooks)
                throw new MotionRefusedException("the control loop does not run");
            if (now.GoalId != id || progress is null)
                return;
            _whole = Math.Max(_whole, now.Remaining);
            _sinceReport += Look;
            if (_sinceReport < interval || _whole == 0)
                return;
            _sinceReport = TimeSpan.Zero;
            var note = now.Kind == GoalKind.Turn ? $"{now.Remaining * 180 / Math.PI:0}° to go" : $"{now.Remaining:0.0} m to go";
            progress.Report(new SkillProgress(Math.Clamp(1 - (now.Remaining / _whole), 0, 1), note));
        }
    }
}
