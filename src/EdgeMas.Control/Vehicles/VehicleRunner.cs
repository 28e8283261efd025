using EdgeMas.Control.Leases;
using EdgeMas.Control.Loop;
using EdgeMas.Control.Motor;
using EdgeMas.Core.Skills;
using EdgeMas.Core.Time;

namespace EdgeMas.Control.Vehicles;

/// <summary>Sets a vehicle's goal, watches over it until it ends, and brings it to rest when it is cancelled. Any thread, one motion at a time.</summary>
/// <param name="brake">Virtual time stands still while this looks at the vehicle, so that it is never late.</param>
/// <param name="remaining">Way still to go, in the unit.</param>
internal sealed class VehicleRunner<TGoal, TBody>(
    VehicleDesk<TGoal, TBody> desk, string holder, TimeProvider time, ITimeBrake brake, TimeSpan progressInterval, Func<TBody, double> remaining, string unit)
    where TGoal : unmanaged
    where TBody : unmanaged
{
    private static readonly TimeSpan Look = TimeSpan.FromMilliseconds(100);

    /// <summary>Looks without a tick of the loop, after which it is taken for dead.</summary>
    private const int MostIdleLooks = 20;

    private readonly Lock _gate = new();
    private MotionLease _lease;

    /// <param name="rest">What is asked of the vehicle when the call is cancelled.</param>
    /// <returns>The goal's last snapshot; one of a later goal when that took its place.</returns>
    /// <exception cref="MotionRefusedException">Another has the lease, or the loop does not run.</exception>
    internal async Task<VehicleSnapshot<TBody>> RunAsync(TGoal goal, TGoal rest, IProgress<SkillProgress>? progress, CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        var hold = brake.Hold();
        try
        {
            if (!TryBegin(goal, out var id))
                throw new MotionRefusedException($"the vehicle is leased to '{desk.Leases.Holder}'");
            try
            {
                var (tick, idleLooks, whole, sinceReport) = (desk.Snapshot.Tick, 0, 0.0, TimeSpan.Zero);
                while (true)
                {
                    var now = desk.Snapshot;
                    if (now.GoalId > id || (now.GoalId == id && now.State != MotionState.Running))
                        return now;
                    idleLooks = now.Tick == tick ? idleLooks + 1 : 0;
                    tick = now.Tick;
                    if (idleLooks > MostIdleLooks)
                        throw new MotionRefusedException("the control loop does not run");
                    var left = remaining(now.Body);
                    (whole, sinceReport) = (Math.Max(whole, left), sinceReport + Look);
                    if (progress is not null && now.GoalId == id && whole > 0 && sinceReport >= progressInterval)
                    {
                        sinceReport = TimeSpan.Zero;
                        progress.Report(new SkillProgress(Math.Clamp(1 - (left / whole), 0, 1), $"{left:0.0} {unit} to go"));
                    }
                    await new BrakedPause(Task.Delay(Look, time, cancellationToken), hold);
                    hold = brake.Hold();
                    Feed();
                }
            }
            catch (Exception) when (desk.Snapshot.GoalId <= id)
            {
                lock (_gate)
                    desk.TrySubmit(_lease, rest, out _);
                throw;
            }
        }
        finally
        {
            hold.Dispose();
        }
    }

    /// <summary>Goes on feeding the lease of the newest goal after it has ended, for as long as the vehicle needs somebody: one that flies falls back to its safe state without.</summary>
    internal async Task KeepAsync(Func<TBody, bool> needsOwner, CancellationToken cancellationToken)
    {
        var hold = brake.Hold();
        try
        {
            while (true)
            {
                if (needsOwner(desk.Snapshot.Body))
                    Feed();
                await new BrakedPause(Task.Delay(Look, time, cancellationToken), hold);
                hold = brake.Hold();
            }
        }
        catch (OperationCanceledException) when (cancellationToken.IsCancellationRequested)
        {
            // the agent ends, and with it its watch
        }
        finally
        {
            hold.Dispose();
        }
    }

    private bool TryBegin(in TGoal goal, out long id)
    {
        id = 0;
        lock (_gate)
            return desk.Leases.TryAcquire(holder, out _lease) && desk.TrySubmit(_lease, goal, out id);
    }

    private void Feed()
    {
        lock (_gate)
            desk.Leases.Feed(_lease);
    }
}
