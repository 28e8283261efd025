using System.Text.Json.Nodes;
using EdgeMas.Control.Leases;
using EdgeMas.Control.Vehicles;
using EdgeMas.Host.Configuration;
using EdgeMas.Host.Robot;

namespace EdgeMas.Host.Hil;

/// <summary>
/// A host without a mind, to be killed: opens a vehicle of chips as 'edgemas run' does and, after a line 'move', moves it until a line 'end'; 'release' releases the emergency stop. Writes a line of JSON at each
/// change of what it knows.
/// </summary>
/// <param name="next">What it is to do next, while it does nothing.</param>
internal sealed class MovingHost<TGoal, TBody>(RobotConfiguration configuration, TextWriter output, Func<VehicleSnapshot<TBody>, TGoal> next)
    where TGoal : unmanaged
    where TBody : unmanaged
{
    private static readonly TimeSpan Look = TimeSpan.FromMilliseconds(20);

    private readonly StateLines _lines = new(output);
    private volatile bool _moves, _isEnding;

    /// <exception cref="IOException">The data's folder, or the control loop's process, cannot be used.</exception>
    public void Run(TextReader commands, string dataFolder)
    {
        using var folders = DataFolders.Open(dataFolder, TimeProvider.System.GetUtcNow());
        using var opened = RobotYard.Open(configuration, folders, TimeProvider.System.GetUtcNow(), line => _lines.Tell(new JsonObject { ["said"] = line }));
        var yard = (ChipYard<TGoal, TBody>)opened;
        yard.Start();
        new Thread(() => Obey(commands, yard)) { IsBackground = true, Name = "commands" }.Start();
        using var pause = new ManualResetEventSlim();
        var lease = default(MotionLease);
        while (!_isEnding)
        {
            if (!yard.Desk.Leases.Feed(lease))
                yard.Desk.Leases.TryAcquire("mover", out lease);
            var now = yard.Desk.Snapshot;
            if (_moves && !now.IsMoving && yard.Desk.TrySubmit(lease, next(now), out var id))
            {
                while (yard.Desk.Snapshot.GoalId < id && !_isEnding && yard.Desk.Leases.Feed(lease)) // a core that died has lost it
                    pause.Wait(Look);
            }
            _lines.TellState(new JsonObject
            {
                ["state"] = now.State.ToString(),
                ["cause"] = now.Cause.ToString(),
                ["stop"] = yard.EmergencyStop.Reason.ToString(),
                ["core"] = yard.Desk.Figures.ProcessId,
                ["silence_ms"] = yard.Desk.Figures.HostSilence.TotalMilliseconds,
                ["late_ms"] = yard.Desk.Lateness.Worst.TotalMilliseconds,
                ["troubles"] = new JsonArray([.. yard.Troubles.Select(trouble => JsonValue.Create(trouble))]),
            });
            pause.Wait(Look);
        }
    }

    private void Obey(TextReader commands, ChipYard<TGoal, TBody> yard)
    {
        while (commands.ReadLine() is { } command && command != "end")
        {
            _moves |= command == "move";
            if (command == "release")
                yard.EmergencyStop.Release();
        }
        _isEnding = true;
    }
}
