using System.Device.Pwm;

namespace EdgeMas.Devices.Chips.Pca9685;

/// <summary>One output of the chip, as System.Device.Gpio has PWM outputs. The chip stays open when it is disposed.</summary>
internal sealed class Pca9685Channel(Pca9685 chip, int channel) : PwmChannel
{
    private double _duty;
    private bool _runs;

    /// <summary>Rounded; the chip has one for all its outputs.</summary>
    public override int Frequency
    {
        get => (int)Math.Round(chip.FrequencyHertz);
        set => throw new NotSupportedException("a PCA9685 has one frequency for all outputs: set it on the chip");
    }

    public override double DutyCycle
    {
        get => _duty;
        set
        {
            if (!(value is >= 0 and <= 1))
                throw new ArgumentOutOfRangeException(nameof(value), value, "a duty is 0 to 1");
            if (_runs)
                chip.SetDuty(channel, value);
            _duty = value;
        }
    }

    public override void Start()
    {
        chip.SetDuty(channel, _duty);
        _runs = true;
    }

    public override void Stop()
    {
        chip.SetDuty(channel, 0);
        _runs = false;
    }

    protected override void Dispose(bool disposing)
    {
        if (disposing && _runs)
            Stop();
        base.Dispose(disposing);
    }
}
