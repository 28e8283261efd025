using System.Device.Pwm;
using EdgeMas.Devices.Chips.Encoder;
using EdgeMas.Devices.Chips.HBridge;
using EdgeMas.Devices.Gpio;

namespace EdgeMas.Devices.Rover;

/// <summary>One wheel: its motor and its encoder, with the controller between them. <see cref="Brake"/> on any thread, the rest on one.</summary>
internal sealed class RoverWheel : IDisposable
{
    private readonly HBridgeMotor _motor;
    private readonly QuadratureEncoder _encoder;
    private readonly WheelController _controller;
    private readonly int _direction;
    private double _angleBefore;

    /// <param name="pwm">Disposed with this object.</param>
    /// <exception cref="Errors.DeviceException">A line is missing, forbidden or busy.</exception>
    internal RoverWheel(string name, RoverWiring wiring, WheelWiring wheel, PwmChannel pwm, TimeProvider time)
    {
        Name = name;
        _direction = wheel.MotorReversed ? -1 : 1;
        _controller = new WheelController(wheel.NoLoadRadiansPerSecond);
        GpioLines? lines = null;
        try
        {
            lines = GpioLines.Open(wiring.GpioChip, [wheel.In1, wheel.In2], GpioLineSettings.Outputs());
            _motor = new HBridgeMotor(wiring.Bridge, pwm, lines);
        }
        catch
        {
            lines?.Dispose();
            pwm.Dispose();
            throw;
        }
        try
        {
            _encoder = new QuadratureEncoder(wiring.GpioChip, wheel.EncoderA, wheel.EncoderB, wheel.CountsPerTurn, wheel.EncoderReversed, time);
        }
        catch
        {
            _motor.Dispose();
            throw;
        }
    }

    /// <summary>left or right.</summary>
    internal string Name { get; }

    /// <summary>Radians since the start.</summary>
    internal double AngleRadians => _encoder.AngleRadians;

    internal long EncoderErrors => _encoder.Errors;

    internal bool IsEncoderDead => _controller.IsEncoderDead;

    /// <summary>−1 to 1, as last given to the motor; 0 when braked.</summary>
    internal double Power => _motor.Power * _direction;

    /// <summary>Takes the encoder's edges.</summary>
    internal void Sense() => _encoder.Update();

    /// <summary>What the motor needs for a speed.</summary>
    internal double PowerFor(double radiansPerSecond, double seconds)
    {
        var turned = _encoder.AngleRadians - _angleBefore;
        _angleBefore = _encoder.AngleRadians;
        return _controller.Power(radiansPerSecond, _encoder.RadiansPerSecond, turned, seconds);
    }

    /// <param name="power">−1 to 1; at 0 the wheel is held.</param>
    internal void Drive(double power)
    {
        if (power == 0)
            _motor.Brake();
        else
            _motor.SetPower(power * _direction);
    }

    internal void Brake() => _motor.Brake();

    public void Dispose()
    {
        _motor.Dispose();
        _encoder.Dispose();
    }
}
