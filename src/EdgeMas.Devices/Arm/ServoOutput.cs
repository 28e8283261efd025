using EdgeMas.Devices.Chips.Pca9685;

namespace EdgeMas.Devices.Arm;

/// <summary>A channel of the chip as one joint's servo knows it: angles are whole steps of the chip's period. Allocates nothing.</summary>
internal sealed class ServoOutput
{
    /// <summary>Of rounding, in steps.</summary>
    private const double Slack = 1e-6;

    private readonly Pca9685 _chip;
    private readonly ServoWiring _wiring;
    private readonly double _shortest, _longest;
    private readonly int _least, _most;

    internal ServoOutput(Pca9685 chip, ServoWiring wiring)
    {
        (_chip, _wiring) = (chip, wiring);
        (_shortest, _longest) = (StepsOf(wiring.ShortestPulse), StepsOf(wiring.LongestPulse));
        (_least, _most) = ((int)Math.Ceiling(_shortest - Slack), (int)Math.Floor(_longest + Slack));
    }

    /// <summary>Steps that the channel is high; 0 where it gets no pulses.</summary>
    internal int Steps { get; private set; }

    /// <summary>Only where the pulse changes.</summary>
    internal void Give(double angle)
    {
        var steps = StepsAt(angle);
        if (steps == Steps)
            return;
        _chip.SetDuty(_wiring.Channel, steps / (double)Pca9685.Steps);
        Steps = steps;
    }

    /// <summary>All channels were turned off.</summary>
    internal void Forget() => Steps = 0;

    /// <summary>Asks the chip whether the channel has what it was given.</summary>
    internal bool IsAsGiven() => Read() == Steps;

    /// <summary>Takes over the pulses that the channel has.</summary>
    /// <returns>False where it has none, or none that this servo may get.</returns>
    internal bool TryTakeOver()
    {
        var steps = Read();
        if (steps < _least || steps > _most)
            return false;
        Steps = steps;
        return true;
    }

    /// <summary>The angle of the pulses.</summary>
    internal double Angle
    {
        get
        {
            var share = Math.Clamp((Steps - _shortest) / (_longest - _shortest), 0, 1);
            return _wiring.LeastAngle + ((_wiring.Reversed ? 1 - share : share) * (_wiring.MostAngle - _wiring.LeastAngle));
        }
    }

    internal int StepsAt(double angle)
    {
        var share = (angle - _wiring.LeastAngle) / (_wiring.MostAngle - _wiring.LeastAngle);
        return Math.Clamp((int)Math.Round(_shortest + ((_wiring.Reversed ? 1 - share : share) * (_longest - _shortest))), _least, _most);
    }

    private int Read() => (int)Math.Round(_chip.GetDuty(_wiring.Channel) * Pca9685.Steps);

    private double StepsOf(TimeSpan pulse) => pulse.TotalSeconds * _chip.FrequencyHertz * Pca9685.Steps;
}
