using System.Text.Json;
using EdgeMas.Control.Process;
using EdgeMas.Control.Stopping;
using EdgeMas.Devices.Arm;
using EdgeMas.Devices.Boards;
using EdgeMas.Devices.Quadrotor;
using EdgeMas.Devices.Rover;
using EdgeMas.Devices.Watchdog;

namespace EdgeMas.SafetyCore;

/// <summary>
/// The core of a body whose chips it drives itself: the stop button's edge, sensors and motors or servos need nobody else alive. A thread beside the loop tells hosts what
/// does not work, and feeds the kernel's watchdog for as long as the loop ticks.
/// </summary>
internal sealed class ChipBody : IDisposable
{
    private static readonly TimeSpan Look = TimeSpan.FromMilliseconds(200);

    private readonly IMountedBody _body;
    private readonly KernelWatchdog? _watchdog;
    private readonly ManualResetEventSlim _ending = new();
    private readonly Thread _thread;

    private ChipBody(ControlCore core, IMountedBody body, KernelWatchdog? watchdog)
    {
        (Core, _body, _watchdog) = (core, body, watchdog);
        body.StopPressed += () => core.EmergencyStop.Engage(EStopReason.Line);
        _thread = new Thread(Run, 128 * 1024) { Name = "teller", IsBackground = true };
        _thread.Start();
    }

    public ControlCore Core { get; }

    /// <exception cref="CoreUsageException">The settings tell no wiring.</exception>
    /// <exception cref="IOException">The watchdog that was asked for cannot be used.</exception>
    public static Task<ChipBody> StartAsync(CoreArguments arguments)
    {
        var (settings, realtime, region) = (arguments.Settings, arguments.Realtime, arguments.Region);
        if (settings.Quadrotor is not null)
        {
            var mounting = Read(settings, QuadrotorMounting.Parse);
            return StartAsync(settings, keep => ControlCore.StartAsync(settings, realtime, region, () => Keep(new QuadrotorMount(mounting.Wiring, TimeProvider.System, mounting.Resolve), keep)));
        }
        if (settings.Arm is not null)
        {
            var mounting = Read(settings, ArmMounting.Parse);
            return StartAsync(settings, keep => ControlCore.StartAsync(settings, realtime, region, () => Keep(new ArmMount(mounting.Wiring, TimeProvider.System, mounting.Resolve), keep)));
        }
        var wiring = Read(settings, RoverWiring.Parse);
        return StartAsync(settings, keep => ControlCore.StartAsync(settings, realtime, region, () => Keep(new RoverMount(wiring, TimeProvider.System), keep)));
    }

    /// <summary>Stops for good, lets go of the chips, and stops the watchdog where its driver lets it.</summary>
    public void Dispose()
    {
        _ending.Set();
        _thread.Join();
        Core.Dispose();
        _watchdog?.Dispose();
        _ending.Dispose();
    }

    /// <param name="start">Passes the body on as soon as there is one.</param>
    private static async Task<ChipBody> StartAsync(CoreSettings settings, Func<Action<IMountedBody>, Task<ControlCore>> start)
    {
        IMountedBody? body = null;
        try
        {
            var core = await start(mounted => body = mounted);
            try
            {
                var watchdog = settings.KernelWatchdogSeconds is { } seconds ? KernelWatchdog.Open(TimeSpan.FromSeconds(seconds)) : null;
                return new ChipBody(core, body!, watchdog);
            }
            catch
            {
                core.Dispose();
                throw;
            }
        }
        catch
        {
            body?.Dispose(); // which stops it; a second time does nothing
            throw;
        }
    }

    private static TBody Keep<TBody>(TBody body, Action<IMountedBody> keep)
        where TBody : IMountedBody
    {
        keep(body);
        return body;
    }

    private static TWiring Read<TWiring>(CoreSettings settings, Func<JsonElement, TWiring> parse)
    {
        if (settings.Wiring is not { } json)
            throw new CoreUsageException("--body is missing, and the settings tell no wiring of chips: give one of them");
        try
        {
            return parse(json);
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
