using System.Text.Json.Nodes;
using EdgeMas.Control.Goals;
using EdgeMas.Control.Leases;
using EdgeMas.Control.Loop;
using EdgeMas.Host.Configuration;
using EdgeMas.Host.Robot;

namespace EdgeMas.Host.Hil;

/// <summary>
/// A host without a mind, to be killed: opens a robot's body as 'edgemas run' does and drives it to and fro. Writes a line of JSON at each change of what it knows;
/// takes 'release' (of the emergency stop), 'stand', 'drive METRES' and 'end' as lines.
/// </summary>
internal sealed class DrivingHost(RobotConfiguration configuration, TextWriter output)
{
    private static readonly TimeSpan Look = TimeSpan.FromMilliseconds(20);

    private readonly StateLines _lines = new(output);
    private volatile bool _isEnding;
    private double _way;
    private volatile bool _isNew;

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
        var (lease, id, way) = (default(MotionLease), 0L, 0.0);
        while (!_isEnding)
        {
            if (!yard.Desk.Leases.Feed(lease))
                yard.Desk.Leases.TryAcquire("driver", out lease);
            var now = yard.Desk.Snapshot;
            if (_isNew || (way != 0 && now.GoalId == id && now.State == MotionState.Done))
            {
                way = _isNew ? _way : -way;
                _isNew = false;
                yard.Desk.TrySubmit(lease, way == 0 ? MotionGoal.Stop() : MotionGoal.Drive(way), out id);
            }
            _lines.TellState(Describe(yard, now));
            pause.Wait(Look);
        }
    }

    private static JsonObject Describe(RoverYard yard, in MotionSnapshot now) => new()
    {
        ["session"] = yard.Desk.Session,
        ["core"] = yard.Desk.Figures.ProcessId,
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
                Go(0);
            else if (command.StartsWith("drive ", StringComparison.Ordinal))
                Go(double.Parse(command.AsSpan("drive ".Length), System.Globalization.CultureInfo.InvariantCulture));
        }
        _isEnding = true;
    }

    private void Go(double way)
    {
        _way = way;
        _isNew = true;
    }
}
