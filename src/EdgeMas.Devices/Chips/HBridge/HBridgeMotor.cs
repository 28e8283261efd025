using System.Device.Gpio;
using System.Device.Pwm;

namespace EdgeMas.Devices.Chips.HBridge;

/// <summary>
/// One direct-current motor on half of a TB6612FNG or L298: IN1 and IN2 on pins, PWM (enable) on a PWM channel. <see cref="Brake"/> may come from any thread,
/// the rest from one at a time. Nothing outside EdgeMas.Control should hold one for driving.
/// </summary>
/// <remarks>Sources: Toshiba, TB6612FNG data sheet 2014-10-01, H-SW control function; STMicroelectronics, L298 data sheet rev. 4, figure 6.</remarks>
public sealed class HBridgeMotor : IDisposable
{
    private readonly HBridgeKind _kind;
    private readonly PwmChannel _pwm;
    private readonly GpioController _controller;
    private readonly int _in1;
    private readonly int _in2;
    private readonly int? _standby;
    private readonly Lock _gate = new();

    /// <param name="pwm">20 kHz is above hearing and below the TB6612's 100 kHz; the L298 loses power above 25 kHz. Disposed with this object.</param>
    /// <param name="controller">Not disposed.</param>
    /// <param name="standby">TB6612's STBY, where it is wired to a pin and to no second motor: raised here, lowered at the end.</param>
    public HBridgeMotor(HBridgeKind kind, PwmChannel pwm, GpioController controller, int in1, int in2, int? standby = null)
    {
        _kind = kind;
        _pwm = pwm;
        _controller = controller;
        _in1 = in1;
        _in2 = in2;
        _standby = standby;
        _pwm.DutyCycle = 0; // before the direction pins become outputs: nothing turns during set-up
        _pwm.Start();
        controller.OpenPin(in1, PinMode.Output, PinValue.Low);
        controller.OpenPin(in2, PinMode.Output, PinValue.Low);
        if (standby is { } pin)
            controller.OpenPin(pin, PinMode.Output, PinValue.High);
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
                _pwm.DutyCycle = 0; // no power while the direction pins change one after the other
                Direct(power > 0, power < 0);
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
            Direct(true, true);
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
            Direct(false, false);
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
        if (_standby is { } standby)
        {
            _controller.Write(standby, PinValue.Low);
            _controller.ClosePin(standby);
        }
        _controller.ClosePin(_in1);
        _controller.ClosePin(_in2);
    }

    private void Direct(bool in1, bool in2)
    {
        _controller.Write(_in1, in1);
        _controller.Write(_in2, in2);
    }
}
