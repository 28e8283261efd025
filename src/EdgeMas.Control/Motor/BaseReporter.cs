using EdgeMas.Control.Desk;
using EdgeMas.Control.Loop;
using EdgeMas.Core.Agents;
using EdgeMas.Core.Events;

namespace EdgeMas.Control.Motor;

/// <summary>Publishes the base's state a few times a second, and once a second while it stays the same.</summary>
internal sealed class BaseReporter(MotionDesk desk, AgentContext context, TimeSpan interval, bool goesSideways)
{
    private static readonly TimeSpan Quiet = TimeSpan.FromSeconds(1);

    private MotionReport? _last;

    internal async Task RunAsync(CancellationToken cancellationToken)
    {
        using var timer = new PeriodicTimer(interval, context.Time);
        var since = TimeSpan.MaxValue;
        try
        {
            do
            {
                var report = Describe(desk.Snapshot, goesSideways);
                if (since >= Quiet || !IsSame(report, _last))
                {
                    context.Publish(context.Topics.BaseState, MessageTypes.MotionReport, report, retain: true);
                    (_last, since) = (report, TimeSpan.Zero);
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

    internal static MotionReport Describe(in MotionSnapshot now, bool goesSideways) => new(
        now.Pose,
        now.Speed,
        now.TurnRate,
        double.IsFinite(now.Range) ? now.Range : null,
        double.IsNaN(now.Battery) ? 0 : now.Battery,
        now.EStop,
        now.Limited == MotionCause.None ? null : Word(now.Limited),
        SideSpeed: goesSideways ? now.SideSpeed : null);

    /// <summary>Noise of the sensors at rest is no news.</summary>
    private static bool IsSame(MotionReport a, MotionReport? b) =>
        b is not null && a.Pose == b.Pose && a.Speed == b.Speed && a.SideSpeed == b.SideSpeed && a.EStop == b.EStop && a.Limited == b.Limited;

    private static string Word(MotionCause cause) => cause switch
    {
        MotionCause.Speed => "speed",
        MotionCause.TurnRate => "turn_rate",
        MotionCause.Obstacle => "obstacle",
        MotionCause.RangeFinder => "range_finder",
        MotionCause.Geofence => "geofence",
        MotionCause.Battery => "battery",
        MotionCause.Lease => "lease",
        MotionCause.Watchdog => "watchdog",
        MotionCause.EStop => "estop",
        MotionCause.Body => "body",
        MotionCause.Wheel => "wheel",
        MotionCause.Current => "motor_current",
        MotionCause.Temperature => "motor_temperature",
        MotionCause.Host => "host",
        MotionCause.Goal => "goal",
        MotionCause.Steering => "steering",
        MotionCause.Heading => "heading",
        MotionCause.Drive => "drive",
        MotionCause.Core => "core",
        _ => "fault",
    };
}
