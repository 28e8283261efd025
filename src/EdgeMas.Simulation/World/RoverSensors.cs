using EdgeMas.Core.Motion;
using EdgeMas.Simulation.Description;

namespace EdgeMas.Simulation.World;

/// <summary>
/// Makes readings out of the truth: quantized encoders, a gyroscope with bias and noise, a range finder with noise and dropouts. It samples once a step, so
/// that the noise does not depend on how often somebody reads.
/// </summary>
internal sealed class RoverSensors
{
    private readonly RoverDescription _rover;
    private readonly Noise _gyroNoise;
    private readonly Noise _rangeNoise;
    private readonly Noise _steeringNoise;
    private readonly double _gyroBias;

    internal RoverSensors(RoverDescription rover, long seed)
    {
        _rover = rover;
        _gyroNoise = new Noise(seed, stream: 3);
        _rangeNoise = new Noise(seed, stream: 4);
        _steeringNoise = new Noise(seed, stream: 7);
        _gyroBias = rover.GyroBiasSigmaRadPerS * _gyroNoise.Normal();
        Latest = new WheeledSensors(0, default, rover.Drive == DriveKind.Ackermann ? 0 : double.NaN, _gyroBias, double.NaN, rover.BatteryStart);
    }

    /// <summary>The newest readings, without a timestamp.</summary>
    internal WheeledSensors Latest { get; private set; }

    internal void Sample(Chassis chassis, double turnRate, double range, double battery, RoverFaults faults)
    {
        var angles = faults.EncodersFrozen ? Latest.Angles : Count(chassis.Angles);
        var steering = faults.SteeringLost ? double.NaN : chassis.Steering + (_rover.SteeringNoiseRad * _steeringNoise.Normal());
        var gyro = turnRate + _gyroBias + (_rover.GyroNoiseRadPerS * _gyroNoise.Normal());
        Latest = new WheeledSensors(0, angles, steering, faults.GyroscopeLost ? double.NaN : gyro, ReadRange(range, faults), battery);
    }

    private WheelSet Count(in WheelSet angles) => new(Count(angles.FrontLeft), Count(angles.FrontRight), Count(angles.BackLeft), Count(angles.BackRight));

    private double Count(double angle)
    {
        var step = 2 * Math.PI / _rover.EncoderCountsPerRevolution;
        return Math.Floor(angle / step) * step;
    }

    private double ReadRange(double range, RoverFaults faults)
    {
        var noise = _rover.RangeNoiseM * _rangeNoise.Normal();
        var missing = _rangeNoise.Uniform() < _rover.RangeDropoutProbability;
        if (missing || faults.RangeFinderLost)
            return double.NaN;
        return double.IsFinite(range) ? Math.Max(0, range + noise) : range;
    }
}
