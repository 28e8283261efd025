using System.Globalization;
using System.Text.Json.Nodes;
using EdgeMas.Control.Goals;
using EdgeMas.Control.Leases;
using EdgeMas.Control.Loop;
using EdgeMas.Host.Configuration;
using EdgeMas.Host.Robot;

namespace EdgeMas.Host.Hil;

/// <summary>
/// A host without a mind, to be killed: opens a robot's body as 'edgemas run' does and drives it. Writes a line of JSON at each change of what it knows; takes as lines
/// 'release' (of the emergency stop), 'stand', 'drive METRES' to and fro, 'go METRES', 'turn RADIANS' and 'end'.
/// </summary>
internal sealed class DrivingHost(RobotConfiguration configuration, TextWriter output)
{
    private static readonly TimeSpan Look = TimeSpan.FromMilliseconds(20);

    private readonly StateLines _lines = new(output);
    private volatile bool _isEnding;
    private volatile Order? _new;
    private int _given;

    /// <exception cref="IOException">The body or the control loop's process cannot be used.</exception>
    public void Run(TextReader commands, string dataFolder)
    {
        using var folders = DataFolders.Open(dataFolder, TimeProvider.System.GetUtcNow());
        using var opened = RobotYard.Open(configuration, folders, TimeProvider.System.GetUtcNow(), line => _lines.Tell(new JsonObject { ["said"] = line }));
        var yard = (RoverYard)opened;
        yard.Start();
        var obey = new Thread(() => Obey(commands, yard)) { IsBackground = true, Name = "commands" };
        obey.Start();
        using var pause = new ManualResetEventSlim();
        var (lease, id, order, taken) = (default(MotionLease), 0L, default(Order), 0);
        while (!_isEnding)
        {
            if (!yard.Desk.Leases.Feed(lease))
                yard.Desk.Leases.TryAcquire("driver", out lease);
            var now = yard.Desk.Snapshot;
            if (_new is { } next && yard.Desk.TrySubmit(lease, next.Goal, out id))
            {
                order = next;
                Interlocked.CompareExchange(ref _new, null, next);
            }
            else if (order is { WayBack: not null } && now.GoalId == id && now.State == MotionState.Done)
            {
                order = order with { Goal = order.WayBack.Value, WayBack = order.Goal };
                yard.Desk.TrySubmit(lease, order.Goal, out id);
            }
            if (order is not null && now.GoalId == id)
                taken = order.Number;
            _lines.TellState(Describe(yard, now, taken));
            pause.Wait(Look);
        }
    }

    private static JsonObject Describe(RoverYard yard, in MotionSnapshot now, int taken) => new()
    {
        ["session"] = yard.Desk.Session,
        ["core"] = yard.Desk.Figures.ProcessId,
        ["taken"] = taken,
        ["state"] = now.State.ToString(),
        ["cause"] = now.Cause.ToString(),
        ["stop"] = yard.Desk.EmergencyStop.Reason.ToString(),
        ["troubles"] = new JsonArray([.. yard.Troubles.Select(trouble => JsonValue.Create(trouble))]),
    };

    private void Obey(TextReader commands, RoverYard yard)
    {
        while (commands.ReadLine() is { } command)
        {
            if (command == "end")
                break;
            if (command == "release")
                yard.Desk.EmergencyStop.Release();
            else if (command == "stand")
                Give(MotionGoal.Stop());
            else if (command.Split(' ') is [var verb, var number] && double.Parse(number, CultureInfo.InvariantCulture) is var amount)
                Give(verb == "turn" ? MotionGoal.Turn(amount) : MotionGoal.Drive(amount), verb == "drive" ? MotionGoal.Drive(-amount) : null);
        }
        _isEnding = true;
    }

    private void Give(MotionGoal goal, MotionGoal? wayBack = null) => _new = new Order(++_given, goal, wayBack);

    /// <param name="Number">From 1; 'taken' tells the newest that the loop works on.</param>
    /// <param name="WayBack">Then to and fro; null for once.</param>
    private sealed record Order(int Number, MotionGoal Goal, MotionGoal? WayBack);
}
