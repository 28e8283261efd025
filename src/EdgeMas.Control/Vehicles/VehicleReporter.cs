using EdgeMas.Core.Agents;
using EdgeMas.Core.Events;

namespace EdgeMas.Control.Vehicles;

/// <summary>Publishes a vehicle's state a few times a second, and once a second while it stays the same.</summary>
internal sealed class VehicleReporter(Func<MotionReport> describe, AgentContext context, TimeSpan interval)
{
    private static readonly TimeSpan Quiet = TimeSpan.FromSeconds(1);

    internal async Task RunAsync(CancellationToken cancellationToken)
    {
        using var timer = new PeriodicTimer(interval, context.Time);
        MotionReport? last = null;
        var since = TimeSpan.MaxValue;
        try
        {
            do
            {
                var report = describe();
                if (since >= Quiet || last is null || last.Pose != report.Pose || last.Height != report.Height || last.EStop != report.EStop || last.Limited != report.Limited)
                {
                    context.Publish(context.Topics.BaseState, MessageTypes.MotionReport, report, retain: true);
                    (last, since) = (report, TimeSpan.Zero);
                }
                since += interval;
            }
            while (await timer.WaitForNextTickAsync(cancellationToken));
        }
        catch (OperationCanceledException) when (cancellationToken.IsCancellationRequested)
        {
            // the agent ends
        }
    }
}
