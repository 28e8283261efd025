using System.Device.I2c;
using EdgeMas.Core.Motion;
using EdgeMas.Devices.Chips;
using EdgeMas.Devices.Chips.Pca9685;

namespace EdgeMas.Devices.Arm;

/// <summary>The servos of an arm on an opened chip. One thread at a time; allocates nothing after construction while the bus works.</summary>
internal sealed class ArmServos : IDisposable
{
    private readonly I2cDevice _device;
    private readonly Pca9685 _chip;
    private readonly ServoOutput[] _outputs;
    private JointVector _angles;
    private int _looks;

    /// <summary>
    /// Takes over a chip that gives all servos pulses already, as a host that died, or a bus that failed, left it: the arm neither sinks nor jumps. Any other chip is set up anew, without pulses.
    /// </summary>
    /// <param name="device">Disposed with this object, and where this fails.</param>
    /// <param name="last">Where the joints were told to be last.</param>
    /// <exception cref="Errors.DeviceException">The chip does not answer.</exception>
    internal ArmServos(ArmWiring wiring, I2cDevice device, in JointVector last)
    {
        _device = device;
        try
        {
            _chip = new Pca9685(device, wiring.FrequencyHertz, wiring.ClockHertz, takeOver: true);
            _outputs = [.. wiring.Joints.Select(joint => new ServoOutput(_chip, joint))];
            _angles = last;
            if (_chip.IsTakenOver && TryTakeOver())
                ArePulsing = true;
            else
                LetGo();
        }
        catch
        {
            device.Dispose();
            throw;
        }
    }

    /// <summary>False where no servo gets pulses: they are let go.</summary>
    internal bool ArePulsing { get; private set; }

    /// <summary>Radians that the servos were told last.</summary>
    internal ref readonly JointVector Angles => ref _angles;

    internal void Give(in JointVector angles)
    {
        ArePulsing = true; // from the first one on
        for (var i = 0; i < _outputs.Length; i++)
        {
            _outputs[i].Give(angles[i]);
            _angles[i] = angles[i];
        }
    }

    /// <summary>Ends all pulses.</summary>
    internal void LetGo()
    {
        _chip.Stop();
        foreach (var output in _outputs)
            output.Forget();
        ArePulsing = false;
    }

    /// <summary>Looks at one setting of the chip, another one each time.</summary>
    /// <exception cref="Errors.DeviceException">It does not answer, or has not what it was given.</exception>
    internal void Look()
    {
        var at = _looks;
        _looks = (_looks + 1) % (_outputs.Length + 1);
        if (!(at < _outputs.Length ? _outputs[at].IsAsGiven() : _chip.IsSetUp()))
            throw _device.Fail("be believed", "it has not the pulses that it was given: its supply failed, or another program writes to it. It is set up anew, and the servos get pulses with the next motion");
    }

    public void Dispose() => _chip.Dispose();

    private bool TryTakeOver()
    {
        foreach (var output in _outputs)
        {
            if (!output.TryTakeOver())
                return false;
        }
        for (var i = 0; i < _outputs.Length; i++)
        {
            if (_outputs[i].StepsAt(_angles[i]) != _outputs[i].Steps)
                _angles[i] = _outputs[i].Angle;
        }
        return true;
    }
}
