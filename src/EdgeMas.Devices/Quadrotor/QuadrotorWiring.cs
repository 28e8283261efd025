using EdgeMas.Core.Motion;
using EdgeMas.Devices.Stopping;

namespace EdgeMas.Devices.Quadrotor;

/// <summary>What a quadrotor is made of and how it is wired. Lines are offsets in <see cref="GpioChip"/>.</summary>
public sealed record QuadrotorWiring
{
    public required QuadrotorGeometry Geometry { get; init; }

    public required RotorsWiring Rotors { get; init; }

    /// <summary>Path of the GPIO chip that has the lines below: <c>/dev/gpiochip0</c>.</summary>
    public string GpioChip { get; init; } = "/dev/gpiochip0";

    /// <summary>The PCA9685's OE: high ends all pulses, whatever the bus does. Without it nothing stops the rotors while the bus hangs. A resistor of 10 kΩ from OE to the supply cuts when the computer dies.</summary>
    public required int OutputEnableLine { get; init; }

    /// <summary>Null for a quadrotor without a stop button.</summary>
    public StopLineWiring? StopLine { get; init; }

    public required InertialWiring Imu { get; init; }

    public required HeightWiring Height { get; init; }

    public required SatelliteWiring Satellites { get; init; }

    /// <summary>Null for a quadrotor that does not know its charge.</summary>
    public BatteryWiring? Battery { get; init; }

    /// <summary>Where it stands when it is switched on, metres in the world; z is 0 there.</summary>
    public Vector3D Start { get; init; }

    /// <summary>Where its nose points when it is switched on, radians in the world: nothing on board measures it.</summary>
    public double StartYaw { get; init; }

    /// <summary>Without a setpoint for so long the rotors are cut, whoever should have given one.</summary>
    public TimeSpan CommandTimeout { get; init; } = TimeSpan.FromMilliseconds(250);
}
