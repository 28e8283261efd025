using System.Device.Pwm;

namespace EdgeMas.Devices.Chips.Servo;

/// <summary>A hobby servo: the length of a pulse, fifty times a second, is its angle. Any thread; allocates nothing. Nothing outside EdgeMas.Control should hold one for driving.</summary>
/// <remarks>The usual 1 to 2 ms for 90 degrees go back to radio control; each servo's own ends differ: try them, and give what it reaches without humming.</remarks>
public sealed class Servo : IDisposable
{
    private readonly PwmChannel _channel;
    private readonly Lock _gate = new();
    private readonly double _minDegrees;
    private readonly double _maxDegrees;
    private readonly double _minSeconds;
    private readonly double _maxSeconds;
    private bool _runs;

    /// <param name="channel">At 50 Hz, or as fast as a digital servo's data sheet allows. Disposed with this object.</param>
    /// <param name="minDegrees">Where it stands at <paramref name="minPulse"/>.</param>
    /// <param name="minPulse">1 ms where null.</param>
    /// <param name="maxPulse">2 ms where null; a period must hold it.</param>
    public Servo(PwmChannel channel, double minDegrees = -45, double maxDegrees = 45, TimeSpan? minPulse = null, TimeSpan? maxPulse = null)
    {
        (_minDegrees, _maxDegrees) = (minDegrees, maxDegrees);
        (_minSeconds, _maxSeconds) = ((minPulse ?? TimeSpan.FromMilliseconds(1)).TotalSeconds, (maxPulse ?? TimeSpan.FromMilliseconds(2)).TotalSeconds);
        if (!(minDegrees < maxDegrees) || !double.IsFinite(maxDegrees - minDegrees))
            throw new ArgumentOutOfRangeException(nameof(maxDegrees), maxDegrees, "a servo's greatest angle is above its least");
        if (!(_minSeconds > 0 && _minSeconds < _maxSeconds && _maxSeconds * channel.Frequency < 1))
            throw new ArgumentOutOfRangeException(nameof(maxPulse), maxPulse, $"pulses are longer than nothing, the longest is above the shortest, and shorter than the period at {channel.Frequency} Hz");
        _channel = channel;
    }

    /// <summary>As last set; null while it gets no pulses and turns freely.</summary>
    public double? Degrees { get; private set; }

    /// <summary>Turns it. The first call jumps: nobody knows where it stands before.</summary>
    public void SetDegrees(double degrees)
    {
        if (!(degrees >= _minDegrees && degrees <= _maxDegrees))
            throw new ArgumentOutOfRangeException(nameof(degrees), degrees, $"this servo turns from {_minDegrees} to {_maxDegrees} degrees");
        var part = (degrees - _minDegrees) / (_maxDegrees - _minDegrees);
        lock (_gate)
        {
            _channel.DutyCycle = (_minSeconds + (part * (_maxSeconds - _minSeconds))) * _channel.Frequency;
            if (!_runs)
                _channel.Start();
            _runs = true;
            Degrees = degrees;
        }
    }

    /// <summary>Ends the pulses: most servos let go, some digital ones hold.</summary>
    public void Release()
    {
        lock (_gate)
        {
            _channel.Stop();
            _runs = false;
            Degrees = null;
        }
    }

    /// <summary>Ends the pulses.</summary>
    public void Dispose()
    {
        Release();
        _channel.Dispose();
    }
}
