using EdgeMas.Core.Motion;

namespace EdgeMas.Simulation.Description;

/// <summary>The simulated rover: a round body on two driven wheels, or on other wheels, with the flaws of its parts. Noise is given as standard deviations.</summary>
public sealed record RoverDescription
{
    public DriveKind Drive { get; init; }

    /// <summary>Between the axles, of mecanum wheels and of a car.</summary>
    public double WheelBaseM { get; init; } = 0.4;

    /// <summary>Of a car's inner front wheel.</summary>
    public double MaxSteeringRad { get; init; } = 30 * Math.PI / 180;

    public double SteeringRateRadPerS { get; init; } = 90 * Math.PI / 180;

    /// <summary>First-order lag of the steering behind its setpoint.</summary>
    public double SteeringLagS { get; init; } = 0.05;

    /// <summary>Standard deviation of the steering's angle as it is measured.</summary>
    public double SteeringNoiseRad { get; init; } = 0.001;

    /// <summary>Of its wheels, as a driver tells it.</summary>
    public WheeledGeometry Geometry => Drive switch
    {
        DriveKind.Mecanum => new WheeledGeometry(Drive, WheelRadiusM, TrackWidthM, WheelBaseM),
        DriveKind.Ackermann => new WheeledGeometry(Drive, WheelRadiusM, TrackWidthM, WheelBaseM, MaxSteeringRad, SteeringRateRadPerS),
        _ => new WheeledGeometry(Drive, WheelRadiusM, TrackWidthM),
    };

    public double WheelRadiusM { get; init; } = 0.08;

    /// <summary>Between the wheels' middles.</summary>
    public double TrackWidthM { get; init; } = 0.36;

    public double BodyRadiusM { get; init; } = 0.25;

    public double BodyHeightM { get; init; } = 0.35;

    public double MaxWheelSpeedRadPerS { get; init; } = 25;

    public double MaxWheelAccelerationRadPerS2 { get; init; } = 40;

    /// <summary>What the brakes can do; <see cref="MaxWheelAccelerationRadPerS2"/> is what the motors can do.</summary>
    public double BrakeDecelerationRadPerS2 { get; init; } = 60;

    /// <summary>First-order lag of a wheel behind its setpoint.</summary>
    public double WheelLagS { get; init; } = 0.06;

    /// <summary>The motor board stops the wheels by itself when no setpoint came for this long.</summary>
    public double CommandTimeoutS { get; init; } = 0.25;

    /// <summary>How much more or less than its rolling distance a wheel travels: 0.003 is 0.3 %. Wanders over <see cref="SlipCorrelationS"/>.</summary>
    public double SlipSigma { get; init; } = 0.003;

    public double SlipCorrelationS { get; init; } = 5;

    /// <summary>Share of travel lost while speeding up, and gained while braking, for each m/s².</summary>
    public double SlipPerAcceleration { get; init; } = 0.004;

    public int EncoderCountsPerRevolution { get; init; } = 2048;

    public double GyroNoiseRadPerS { get; init; } = 0.003;

    /// <summary>The bias itself is drawn at the start and stays.</summary>
    public double GyroBiasSigmaRadPerS { get; init; } = 0.005;

    public double RangeReachM { get; init; } = 6;

    public double RangeNoiseM { get; init; } = 0.01;

    /// <summary>How likely a reading is missing, 0 to 1.</summary>
    public double RangeDropoutProbability { get; init; } = 0.01;

    public double BatteryCapacityWh { get; init; } = 60;

    /// <summary>Charge at the start, 0 to 1.</summary>
    public double BatteryStart { get; init; } = 0.95;

    public double IdlePowerW { get; init; } = 8;

    /// <summary>More power drawn for each m/s of a wheel.</summary>
    public double DrivePowerWPerMps { get; init; } = 25;

    /// <summary>Power that the dock gives while the rover stands on it.</summary>
    public double ChargePowerW { get; init; } = 120;
}
