using System.Device.I2c;
using EdgeMas.Core.Motion;
using EdgeMas.Devices.Chips;
using EdgeMas.Devices.Chips.Pca9685;

namespace EdgeMas.Devices.Quadrotor;

/// <summary>The pulses of four speed controllers on an opened chip, all changed at once. One thread; allocates nothing after construction while the bus works.</summary>
internal sealed class RotorPulses : IDisposable
{
    private const int Count = 4;

    private readonly RotorsWiring _wiring;
    private readonly double _mostSpeed;
    private readonly I2cDevice _device;
    private readonly Pca9685 _chip;
    private readonly int _first;
    private readonly double _shortest, _longest;
    private readonly double[] _given = new double[Count];
    private bool _isGiven, _looksAtSettings;

    /// <summary>Sets the chip up, without pulses.</summary>
    /// <param name="device">Disposed with this object, and where this fails.</param>
    /// <exception cref="Errors.DeviceException">The chip does not answer.</exception>
    internal RotorPulses(QuadrotorWiring wiring, I2cDevice device)
    {
        (_wiring, _mostSpeed, _device, _first) = (wiring.Rotors, wiring.Geometry.MaxRotorSpeed, device, wiring.Rotors.FirstChannel);
        try
        {
            _chip = new Pca9685(device, _wiring.FrequencyHertz, _wiring.ClockHertz);
        }
        catch
        {
            device.Dispose();
            throw;
        }
        (_shortest, _longest) = (_wiring.ShortestPulse.TotalSeconds * _chip.FrequencyHertz, _wiring.LongestPulse.TotalSeconds * _chip.FrequencyHertz);
    }

    /// <summary>All have the pulse of standing still.</summary>
    internal bool AreStanding { get; private set; }

    internal void Give(in RotorSpeeds speeds)
    {
        AreStanding = false; // from the first byte on
        Put(_wiring.FrontLeft, speeds.FrontLeft);
        Put(_wiring.FrontRight, speeds.FrontRight);
        Put(_wiring.BackLeft, speeds.BackLeft);
        Put(_wiring.BackRight, speeds.BackRight);
        Write();
    }

    internal void Stand()
    {
        AreStanding = false;
        _given.AsSpan().Fill(_shortest);
        Write();
        AreStanding = true;
    }

    /// <summary>Looks at what the chip has: its settings, or its pulses.</summary>
    internal bool IsAsGiven() => _looksAtSettings ? _chip.IsSetUp() : HasPulses();

    /// <summary>The next look is at the other.</summary>
    internal void LookElsewhere() => _looksAtSettings = !_looksAtSettings;

    internal Errors.DeviceException Disbelief() =>
        _device.Fail("be believed", "it has not the pulses that it was given: its supply failed, or another program writes to it. It is set up anew");

    /// <summary>Ends all pulses, where the bus lets it, and closes the device.</summary>
    public void Dispose()
    {
        try
        {
            _chip.Stop();
        }
        catch (IOException)
        {
            // OE is high: no pulse comes out
        }
        _chip.Dispose();
    }

    private void Put(int channel, double speed) => _given[channel - _first] = _shortest + (Math.Clamp(speed / _mostSpeed, 0, 1) * (_longest - _shortest));

    private void Write()
    {
        _isGiven = false;
        _chip.SetDuties(_first, _given);
        _isGiven = true;
    }

    private bool HasPulses()
    {
        if (!_isGiven)
            return true; // a transfer that failed and is repeated
        Span<double> has = stackalloc double[Count];
        _chip.GetDuties(_first, has);
        for (var i = 0; i < Count; i++)
        {
            if (Math.Abs(has[i] - _given[i]) > 1.0 / Pca9685.Steps)
                return false;
        }
        return true;
    }
}
