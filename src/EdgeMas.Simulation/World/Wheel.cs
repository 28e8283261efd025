using EdgeMas.Simulation.Description;

namespace EdgeMas.Simulation.World;

/// <summary>One driven wheel: follows its setpoint with a first-order lag within the motor's acceleration, and slips on the ground.</summary>
internal sealed class Wheel(RoverDescription rover, Noise noise)
{
    private double _slip = rover.SlipSigma * noise.Normal();

    /// <summary>Radians a second.</summary>
    internal double Speed { get; private set; }

    /// <summary>Radians since the start.</summary>
    internal double Angle { get; private set; }

    /// <summary>Metres a second over the ground.</summary>
    internal double GroundSpeed { get; private set; }

    /// <summary>The slip wanders: an Ornstein–Uhlenbeck process, whose spread stays what it was at the start.</summary>
    internal void WanderSlip(double seconds)
    {
        var keep = Math.Max(0, 1 - (seconds / rover.SlipCorrelationS));
        _slip = (keep * _slip) + (rover.SlipSigma * Math.Sqrt(1 - (keep * keep)) * noise.Normal());
    }

    internal void Step(double setpoint, bool braking, bool stuck, double seconds)
    {
        var before = Speed;
        if (stuck)
            Speed = 0;
        else if (braking)
            Speed -= Math.Clamp(Speed, -rover.BrakeDecelerationRadPerS2 * seconds, rover.BrakeDecelerationRadPerS2 * seconds);
        else
            Speed += Math.Clamp((setpoint - Speed) / rover.WheelLagS, -rover.MaxWheelAccelerationRadPerS2, rover.MaxWheelAccelerationRadPerS2) * seconds;
        Angle += (before + Speed) / 2 * seconds;

        var rolled = (before + Speed) / 2 * rover.WheelRadiusM;
        var acceleration = stuck ? 0 : (Speed - before) / seconds * rover.WheelRadiusM;
        GroundSpeed = (rolled * (1 + _slip)) - (Math.Abs(rolled) * rover.SlipPerAcceleration * acceleration);
    }

    /// <summary>The body stands against something: the motor stalls.</summary>
    internal void Stall()
    {
        Speed = 0;
        GroundSpeed = 0;
    }
}
