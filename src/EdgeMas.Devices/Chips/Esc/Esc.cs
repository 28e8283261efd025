using System.Device.Pwm;

namespace EdgeMas.Devices.Chips.Esc;

/// <summary>
/// A speed controller of a brushless motor that takes a servo's pulses. It turns nothing before it was armed. Any thread; allocates nothing. Nothing outside
/// EdgeMas.Control should hold one for driving.
/// </summary>
public sealed class Esc : IDisposable
{
    private const double Shortest = 0.001; // seconds
    private const double Longest = 0.002;

    private readonly EscKind _kind;
    private readonly PwmChannel _channel;
    private readonly Lock _gate = new();

    /// <param name="channel">At 50 to 400 Hz, as the controller's manual says. Disposed with this object.</param>
    public Esc(EscKind kind, PwmChannel channel)
    {
        if (channel.Frequency is < 50 or > 400)
            throw new ArgumentOutOfRangeException(nameof(channel), channel.Frequency, "a speed controller takes 50 to 400 pulses a second");
        _kind = kind;
        _channel = channel;
    }

    public bool IsArmed { get; private set; }

    /// <summary>As last set; 0 before it was armed.</summary>
    public double Power { get; private set; }

    /// <summary>Shows it the pulse of standing still, until it beeps; waits meanwhile.</summary>
    /// <param name="duration">As its manual says; 2 s is enough for most.</param>
    public void Arm(TimeSpan duration)
    {
        lock (_gate)
        {
            Pulse(0);
            _channel.Start();
        }
        Settling.Wait(duration);
        lock (_gate)
            IsArmed = true;
    }

    /// <param name="power">0 to 1, or −1 to 1.</param>
    /// <exception cref="InvalidOperationException">It was not armed, or was stopped since.</exception>
    public void SetPower(double power)
    {
        var least = _kind == EscKind.Forward ? 0 : -1;
        if (!(power >= least && power <= 1))
            throw new ArgumentOutOfRangeException(nameof(power), power, $"this controller's power is {least} to 1");
        lock (_gate)
        {
            if (!IsArmed)
                throw new InvalidOperationException("the speed controller is not armed: call Arm, with nobody near the propeller");
            Pulse(power);
            Power = power;
        }
    }

    /// <summary>Ends the pulses: the controller turns the motor off by itself, and must be armed again.</summary>
    public void Stop()
    {
        lock (_gate)
        {
            Pulse(0); // a controller that holds its last pulse for a moment holds this one
            _channel.Stop();
            (IsArmed, Power) = (false, 0);
        }
    }

    /// <summary>Ends the pulses.</summary>
    public void Dispose()
    {
        Stop();
        _channel.Dispose();
    }

    private void Pulse(double power)
    {
        var part = _kind == EscKind.Forward ? power : (power + 1) / 2;
        _channel.DutyCycle = (Shortest + (part * (Longest - Shortest))) * _channel.Frequency;
    }
}
