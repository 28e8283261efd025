using System.Text.Json;
using EdgeMas.Control.Process;
using EdgeMas.Control.Stopping;
using EdgeMas.Devices.Rover;
using EdgeMas.Devices.Watchdog;

namespace EdgeMas.SafetyCore;

/// <summary>
/// The core of a rover whose chips it drives itself: the stop button's edge, its range finder and its motors need nobody else alive. A thread beside the loop tells hosts what
/// does not work, and feeds the kernel's watchdog for as long as the loop ticks.
/// </summary>
internal sealed class ChipRover : IDisposable
{
    private static readonly TimeSpan Look = TimeSpan.FromMilliseconds(200);

    private readonly RoverMount _body;
    private readonly KernelWatchdog? _watchdog;
    private readonly ManualResetEventSlim _ending = new();
    private readonly Thread _thread;

    private ChipRover(ControlCore core, RoverMount body, KernelWatchdog? watchdog)
    {
        (Core, _body, _watchdog) = (core, body, watchdog);
        body.StopPressed += () => core.EmergencyStop.Engage(EStopReason.Line);
        _thread = new Thread(Run, 128 * 1024) { Name = "teller", IsBackground = true };
        _thread.Start();
    }

    public ControlCore Core { get; }

    /// <exception cref="CoreUsageException">The settings tell no wiring.</exception>
    /// <exception cref="IOException">The watchdog that was asked for cannot be used.</exception>
    public static async Task<ChipRover> StartAsync(CoreArguments arguments)
    {
        var wiring = ReadWiring(arguments.Settings);
        RoverMount? body = null;
        try
        {
            var core = await ControlCore.StartAsync(arguments.Settings, arguments.Realtime, arguments.Region, () => body = new RoverMount(wiring, TimeProvider.System));
            try
            {
                var watchdog = arguments.Settings.KernelWatchdogSeconds is { } seconds ? KernelWatchdog.Open(TimeSpan.FromSeconds(seconds)) : null;
                return new ChipRover(core, body!, watchdog);
            }
            catch
            {
                core.Dispose();
                throw;
            }
        }
        catch
        {
            body?.Dispose(); // which brakes; a second time does nothing
            throw;
        }
    }

    /// <summary>Brakes for good, lets go of the chips, and stops the watchdog where its driver lets it.</summary>
    public void Dispose()
    {
        _ending.Set();
        _thread.Join();
        Core.Dispose();
        _watchdog?.Dispose();
        _ending.Dispose();
    }

    private static RoverWiring ReadWiring(CoreSettings settings)
    {
        if (settings.Wiring is not { } json)
            throw new CoreUsageException("--body is missing, and the settings tell no wiring of chips: give one of them");
        try
        {
            return RoverWiring.Parse(json);
        }
        catch (JsonException error)
        {
            throw new CoreUsageException($"Wiring: {error.Message}");
        }
    }

    /// <summary>Allocates only when the troubles change.</summary>
    private void Run()
    {
        IReadOnlyList<string>? told = null;
        var ticks = -1L;
        do
        {
            var troubles = _body.Troubles;
            if (!ReferenceEquals(troubles, told))
                Core.Tell([.. told = troubles, .. Core.Refused]);
            var now = Core.Ticks;
            if (now > ticks)
                _watchdog?.Feed();
            ticks = now;
        }
        while (!_ending.Wait(Look));
    }
}
