using EdgeMas.Devices.Errors;
using EdgeMas.Devices.Gpio;

namespace EdgeMas.Devices.Chips.Encoder;

/// <summary>
/// A wheel's encoder on two pins: position from the kernel's record of edges, speed from its timestamps. Call <see cref="Update"/> from the control loop; it never
/// waits and allocates nothing. One thread.
/// </summary>
/// <remarks>The kernel keeps 1024 edges between two calls: at 200 calls a second that is 200,000 edges a second.</remarks>
public sealed class QuadratureEncoder : IDisposable
{
    /// <summary>Without an edge for so long the wheel stands.</summary>
    private const long StandingNanoseconds = 500_000_000;

    private readonly GpioLines _lines;
    private readonly TimeProvider _time;
    private readonly QuadratureDecoder _decoder = new();
    private readonly GpioEdge[] _edges = new GpioEdge[128];
    private readonly double _countsPerRadian;
    private readonly int _direction;
    private long _lost;
    private long _lastEdge;

    /// <param name="countsPerTurn">Four times the pulses of one turn of the wheel, gear included.</param>
    /// <param name="reversed">Where forward counts down, as on the other side of a robot.</param>
    /// <param name="time">The clock of the kernel's timestamps: that of the system.</param>
    /// <exception cref="DeviceException">The lines are missing, forbidden, busy, or have no interrupts.</exception>
    public QuadratureEncoder(string chip, int lineA, int lineB, double countsPerTurn, bool reversed, TimeProvider time)
    {
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(countsPerTurn);
        _time = time;
        _countsPerRadian = countsPerTurn / (2 * Math.PI);
        _direction = reversed ? -1 : 1;
        _lines = GpioLines.Open(chip, [lineA, lineB], GpioLineSettings.EdgeInput with { EdgeCapacity = 1024 });
        Align();
        _lastEdge = Now();
    }

    /// <summary>Radians since the start, forward positive.</summary>
    public double AngleRadians => _direction * _decoder.Counts / _countsPerRadian;

    public double RadiansPerSecond { get; private set; }

    /// <summary>Edges that were lost or that made no sense; the angle is wrong by about as many counts.</summary>
    public long Errors => _decoder.Errors + _lost;

    /// <summary>Takes the edges that came since the last call.</summary>
    public void Update()
    {
        var counts = _decoder.Counts;
        var since = _lastEdge;
        int taken;
        do
        {
            taken = _lines.ReadEdges(_edges);
            for (var i = 0; i < taken; i++)
                _decoder.Take(_edges[i]);
            if (taken > 0)
                _lastEdge = _edges[taken - 1].TimestampNanoseconds;
        }
        while (taken == _edges.Length);
        if (_lines.LostEdges != _lost)
        {
            _lost = _lines.LostEdges;
            Align();
        }
        RadiansPerSecond = Speed(_decoder.Counts - counts, since);
    }

    public void Dispose() => _lines.Dispose();

    private double Speed(long counts, long since)
    {
        if (counts != 0)
            return _direction * counts / _countsPerRadian * 1e9 / Math.Max(1, _lastEdge - since);
        // A slow wheel: it cannot be faster than one count in the time since the last edge.
        var quiet = Now() - _lastEdge;
        var most = quiet >= StandingNanoseconds ? 0 : 1e9 / Math.Max(1, quiet) / _countsPerRadian;
        return Math.Clamp(RadiansPerSecond, -most, most);
    }

    private void Align()
    {
        var levels = _lines.Read();
        _decoder.Align((levels & 1) != 0, (levels & 2) != 0);
    }

    private long Now() => (long)((Int128)_time.GetTimestamp() * 1_000_000_000 / _time.TimestampFrequency);
}
