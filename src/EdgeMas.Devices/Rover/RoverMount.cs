using EdgeMas.Core.Motion;
using EdgeMas.Devices.Boards;

namespace EdgeMas.Devices.Rover;

/// <summary>
/// A rover of chips and pins, whose body is there as soon as its motors are: what is missing, busy or forbidden at the start is a trouble and no end, and is tried again until
/// it is mended. Until then nothing can be read and nothing moves.
/// </summary>
/// <remarks>As thread-safe as the body. Nothing allocates while the body is there.</remarks>
public sealed class RoverMount : IDifferentialDrive, IMountedBody
{
    private static readonly TimeSpan RetryPause = TimeSpan.FromSeconds(1);

    private readonly RoverWiring _wiring;
    private readonly TimeProvider _time;
    private readonly Lock _mounting = new();
    private readonly ManualResetEventSlim _stopped = new();
    private readonly Thread? _thread;
    private Action? _stopPressed;
    private volatile RoverBody? _body;
    private volatile IReadOnlyList<string> _missing = [];

    /// <summary>Opens the body and brakes it, now or when that becomes possible.</summary>
    /// <param name="time">The system's clock: the kernel's edges carry its times.</param>
    public RoverMount(RoverWiring wiring, TimeProvider time)
    {
        (_wiring, _time) = (wiring, time);
        if (TryMount())
            return;
        _thread = new Thread(Retry) { IsBackground = true, Name = "rover mount" };
        _thread.Start();
    }

    /// <summary>Raised when the stop button was pressed, after the motors were braked; on a thread of the body's. Who keeps the stop latched engages it here. A button that is pressed already is told at once, perhaps twice.</summary>
    public event Action StopPressed
    {
        add
        {
            lock (_mounting)
            {
                _stopPressed += value;
                if (_body is { } body)
                    body.StopPressed += value;
            }
        }

        remove
        {
            lock (_mounting)
            {
                _stopPressed -= value;
                if (_body is { } body)
                    body.StopPressed -= value;
            }
        }
    }

    public DifferentialDriveGeometry Geometry => _wiring.Geometry;

    /// <summary>The stop button is held, its wire is cut, or it cannot be read yet: no setpoint is taken. Any thread.</summary>
    public bool IsStopHeld => _body?.IsStopHeld ?? true;

    /// <summary>What does not work, one line each; empty for a rover in order. The same list for as long as nothing changes, which allocates nothing. Any thread.</summary>
    public IReadOnlyList<string> Troubles => _body?.Troubles ?? _missing;

    /// <summary>Edges of both encoders that were lost or made no sense. Any thread.</summary>
    public long EncoderErrors => _body?.EncoderErrors ?? 0;

    bool IDifferentialDrive.TryRead(out DriveSensors sensors)
    {
        sensors = default;
        return _body is IDifferentialDrive body && body.TryRead(out sensors);
    }

    bool IDifferentialDrive.TryDrive(double left, double right) => _body is IDifferentialDrive body && body.TryDrive(left, right);

    public void Brake() => _body?.Brake();

    /// <summary>Brakes and lets go of everything. A second time does nothing.</summary>
    public void Dispose()
    {
        _stopped.Set();
        _thread?.Join();
        _body?.Dispose();
    }

    private void Retry()
    {
        while (!_stopped.Wait(RetryPause) && !TryMount())
        {
            // its trouble is told
        }
    }

    private bool TryMount()
    {
        try
        {
            var body = new RoverBody(_wiring, _time);
            lock (_mounting)
            {
                _body = body; // first: whoever hears of a pressed button brakes it
                if (_stopPressed is { } pressed)
                    body.StopPressed += pressed;
            }
            return true;
        }
        catch (IOException error)
        {
            if (_missing is not [var told] || told != error.Message)
                _missing = [error.Message];
            return false;
        }
    }
}
