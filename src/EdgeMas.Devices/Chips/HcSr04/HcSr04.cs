using EdgeMas.Devices.Errors;
using EdgeMas.Devices.Gpio;

namespace EdgeMas.Devices.Chips.HcSr04;

/// <summary>
/// HC-SR04 ultrasonic range finder on two pins. The echo is timed by the kernel in its interrupts, so a busy computer reads as well as an idle one. A control loop
/// calls <see cref="Trigger"/> and, in later ticks, <see cref="TryTake"/>: neither waits nor allocates. One thread.
/// </summary>
/// <remarks>Source: Elecfreaks, HC-SR04 user guide: 10 µs trigger, 2 cm to 4 m, at least 60 ms between two pings. The echo pin gives 5 V: divide it.</remarks>
public sealed class HcSr04 : IDisposable
{
    /// <summary>An echo of the ping before would be taken for this one's.</summary>
    public static readonly TimeSpan ShortestCycle = TimeSpan.FromMilliseconds(60);

    private static readonly TimeSpan TriggerWidth = TimeSpan.FromMicroseconds(10);

    private readonly GpioLines _trigger;
    private readonly GpioLines _echo;
    private readonly TimeProvider _time;
    private readonly EchoPulse _pulse = new();
    private readonly GpioEdge[] _edges = new GpioEdge[16];
    private readonly string _name;
    private long _triggered;

    /// <exception cref="DeviceException">A line is missing, forbidden or busy.</exception>
    public HcSr04(string chip, int triggerLine, int echoLine, TimeProvider time)
    {
        _time = time;
        _name = $"HC-SR04 at {chip} lines {triggerLine} and {echoLine}";
        _trigger = GpioLines.Open(chip, [triggerLine], GpioLineSettings.Outputs());
        try
        {
            _echo = GpioLines.Open(chip, [echoLine], GpioLineSettings.EdgeInput);
        }
        catch
        {
            _trigger.Dispose();
            throw;
        }
    }

    /// <summary>Of the air, degrees Celsius.</summary>
    public double AirCelsius { get; set; } = 20;

    /// <summary>An echo has begun and not ended, as far as <see cref="TryTake"/> knows; for longer than 40 ms the echo pin is stuck.</summary>
    public bool IsEchoing => _pulse.IsOpen;

    /// <summary>Sends a ping; takes 10 µs.</summary>
    public void Trigger()
    {
        while (_echo.ReadEdges(_edges) > 0)
            _pulse.Begin(); // edges of an earlier ping
        _pulse.Begin();
        _trigger.Write(0, true);
        _triggered = _time.GetTimestamp();
        while (_time.GetElapsedTime(_triggered) < TriggerWidth)
            Thread.SpinWait(10);
        _trigger.Write(0, false);
    }

    /// <summary>Looks whether the echo has ended; never waits.</summary>
    /// <param name="meters">To the thing ahead; <see cref="double.PositiveInfinity"/> beyond 4 m.</param>
    public bool TryTake(out double meters) => TryFinish(_echo.ReadEdges(_edges), out meters);

    /// <summary>Pings and waits for the echo, at most <see cref="ShortestCycle"/>.</summary>
    /// <returns>Metres; <see cref="double.PositiveInfinity"/> beyond 4 m.</returns>
    /// <exception cref="DeviceException">No echo at all: the finder is not there, or not wired so.</exception>
    public double Measure(CancellationToken cancellationToken = default)
    {
        Trigger();
        while (ShortestCycle - _time.GetElapsedTime(_triggered) is var left && left > TimeSpan.Zero)
        {
            if (TryFinish(_echo.WaitForEdges(_edges, left, cancellationToken), out var meters))
                return meters;
        }
        throw new DeviceException(_name, "measure", "its echo pin stays silent: check 5 V, ground, trigger and the divider on the echo pin");
    }

    public void Dispose()
    {
        _trigger.Dispose();
        _echo.Dispose();
    }

    private bool TryFinish(int edges, out double meters)
    {
        meters = double.NaN;
        for (var i = 0; i < edges; i++)
        {
            if (_pulse.Take(_edges[i], AirCelsius, out meters))
                return true;
        }
        return false;
    }
}
