namespace EdgeMas.Simulation.Flight;

/// <summary>The simulated quadrotor and the air it flies in, with the flaws of its parts. Noise is given as standard deviations.</summary>
public sealed record QuadrotorDescription
{
    /// <summary>Of all noise and gusts: the same seed and the same setpoints give the same flight.</summary>
    public long Seed { get; init; } = 1;

    public double StartXM { get; init; } = 4;

    public double StartYM { get; init; } = 8;

    public double StartYawDeg { get; init; }

    public double MassKg { get; init; } = 1.5;

    /// <summary>From the middle to a rotor's axis.</summary>
    public double ArmLengthM { get; init; } = 0.23;

    public double InertiaRollKgM2 { get; init; } = 0.017;

    public double InertiaPitchKgM2 { get; init; } = 0.017;

    public double InertiaYawKgM2 { get; init; } = 0.031;

    public double ThrustFactorNPerRad2 { get; init; } = 1.1e-5;

    public double TorqueFactorNmPerRad2 { get; init; } = 1.7e-7;

    public double MaxRotorSpeedRadPerS { get; init; } = 900;

    /// <summary>First-order lag of a rotor behind its setpoint.</summary>
    public double RotorLagS { get; init; } = 0.035;

    /// <summary>Force against the motion through the air, for each m/s.</summary>
    public double DragNPerMps { get; init; } = 0.25;

    /// <summary>Torque against the turning, for each rad/s.</summary>
    public double TurnDragNmPerRadPerS { get; init; } = 0.003;

    /// <summary>Steady wind, towards x and y.</summary>
    public double WindXMps { get; init; }

    public double WindYMps { get; init; }

    /// <summary>Of each of the wind's three parts about its steady value; wanders over <see cref="GustCorrelationS"/>.</summary>
    public double GustSigmaMps { get; init; } = 0.5;

    public double GustCorrelationS { get; init; } = 2;

    public double PositionNoiseM { get; init; } = 0.02;

    public double VelocityNoiseMps { get; init; } = 0.03;

    public double AttitudeNoiseRad { get; init; } = 0.003;

    public double RateNoiseRadPerS { get; init; } = 0.01;

    /// <summary>The speed controllers stop the rotors by themselves when no setpoint came for this long.</summary>
    public double CommandTimeoutS { get; init; } = 0.25;

    public double BatteryCapacityWh { get; init; } = 50;

    /// <summary>Charge at the start, 0 to 1.</summary>
    public double BatteryStart { get; init; } = 0.95;

    public double IdlePowerW { get; init; } = 8;

    /// <summary>Power drawn while it hovers; it grows with the thrust to the power of 1.5.</summary>
    public double HoverPowerW { get; init; } = 160;

    /// <exception cref="ArgumentOutOfRangeException">A value cannot be used; it names the value.</exception>
    public void Check()
    {
        Above(MassKg, nameof(MassKg));
        Above(ArmLengthM, nameof(ArmLengthM));
        Above(InertiaRollKgM2, nameof(InertiaRollKgM2));
        Above(InertiaPitchKgM2, nameof(InertiaPitchKgM2));
        Above(InertiaYawKgM2, nameof(InertiaYawKgM2));
        Above(ThrustFactorNPerRad2, nameof(ThrustFactorNPerRad2));
        Above(TorqueFactorNmPerRad2, nameof(TorqueFactorNmPerRad2));
        Above(MaxRotorSpeedRadPerS, nameof(MaxRotorSpeedRadPerS));
        Above(RotorLagS, nameof(RotorLagS));
        Above(GustCorrelationS, nameof(GustCorrelationS));
        Above(CommandTimeoutS, nameof(CommandTimeoutS));
        Above(BatteryCapacityWh, nameof(BatteryCapacityWh));
        var most = 4 * ThrustFactorNPerRad2 * MaxRotorSpeedRadPerS * MaxRotorSpeedRadPerS;
        if (most < 1.2 * MassKg * QuadrotorWorld.Gravity)
            throw new ArgumentOutOfRangeException(nameof(MassKg), MassKg, $"four rotors push {most:0.0} N at most: too little to fly with");
    }

    private static void Above(double value, string name)
    {
        if (!(value > 0) || !double.IsFinite(value))
            throw new ArgumentOutOfRangeException(name, value, "must be a number above 0");
    }
}
