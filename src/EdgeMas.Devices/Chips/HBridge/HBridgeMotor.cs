using System.Device.Pwm;
using EdgeMas.Devices.Gpio;

namespace EdgeMas.Devices.Chips.HBridge;

/// <summary>
/// One direct-current motor on half of a TB6612FNG or L298: IN1 and IN2 on pins, PWM (enable) on a PWM channel. Any thread; allocates nothing. Nothing outside EdgeMas.Control should hold one for driving.
/// </summary>
/// <remarks>Sources: Toshiba, TB6612FNG data sheet 2014-10-01, H-SW control function; STMicroelectronics, L298 data sheet rev. 4, figure 6.</remarks>
public sealed class HBridgeMotor : IDisposable
{
    private const ulong In1 = 1;
    private const ulong In2 = 2;
    private const ulong Standby = 4;

    private readonly HBridgeKind _kind;
    private readonly PwmChannel _pwm;
    private readonly IOutputLines _lines;
    private readonly Lock _gate = new();

    /// <param name="pwm">20 kHz is above hearing and below the TB6612's 100 kHz; the L298 loses power above 25 kHz. Disposed with this object.</param>
    /// <param name="lines">IN1, IN2 and, as a third where the TB6612's STBY is wired to a pin and to no second motor, that. Disposed with this object.</param>
    public HBridgeMotor(HBridgeKind kind, PwmChannel pwm, IOutputLines lines)
    {
        if (lines.Count is not (2 or 3))
            throw new ArgumentException($"a motor has the lines IN1, IN2 and perhaps STBY, not {lines.Count}", nameof(lines));
        _kind = kind;
        _pwm = pwm;
        _lines = lines;
        pwm.DutyCycle = 0; // nothing turns during set-up
        pwm.Start();
        lines.Write(Standby, In1 | In2 | Standby);
    }

    /// <summary>As last set: −1 to 1; 0 when braked or coasting.</summary>
    public double Power { get; private set; }

    /// <summary>Drives the motor with a part of the supply's voltage.</summary>
    /// <param name="power">−1 to 1, forward (IN1 high) positive; 0 coasts on an L298 and brakes on a TB6612.</param>
    public void SetPower(double power)
    {
        if (!(power is >= -1 and <= 1))
            throw new ArgumentOutOfRangeException(nameof(power), power, "a motor's power is −1 to 1");
        lock (_gate)
        {
            if (Math.Sign(power) != Math.Sign(Power) || power == 0)
            {
                _pwm.DutyCycle = 0; // no power while the direction changes
                Direct(power > 0 ? In1 : power < 0 ? In2 : 0);
            }
            _pwm.DutyCycle = Math.Abs(power);
            Power = power;
        }
    }

    /// <summary>Shorts the motor: it stops as fast as it can and resists being turned.</summary>
    public void Brake()
    {
        lock (_gate)
        {
            Direct(In1 | In2);
            _pwm.DutyCycle = 1;
            Power = 0;
        }
    }

    /// <summary>Lets the motor run out.</summary>
    public void Coast()
    {
        lock (_gate)
        {
            _pwm.DutyCycle = 0;
            Direct(0);
            if (_kind == HBridgeKind.Tb6612)
                _pwm.DutyCycle = 1; // off, high impedance; PWM low would brake
            Power = 0;
        }
    }

    /// <summary>Leaves the motor without power.</summary>
    public void Dispose()
    {
        Coast();
        _pwm.Stop();
        _pwm.Dispose();
        if (_lines.Count == 3)
            _lines.Write(0, Standby);
        _lines.Dispose();
    }

    private void Direct(ulong lines) => _lines.Write(lines, In1 | In2);
}
