using System.Numerics;
using EdgeMas.Core.Motion;

namespace EdgeMas.Devices.Quadrotor;

/// <summary>An MPU-6050, level on the body.</summary>
/// <param name="QuarterTurns">Counter-clockwise seen from above, from the body's nose to the chip's x axis: 0 to 3.</param>
/// <param name="UpsideDown">Its face looks down.</param>
public sealed record InertialWiring(int I2cBus, int Address, int QuarterTurns = 0, bool UpsideDown = false)
{
    /// <summary>From the chip's axes to the body's.</summary>
    internal Vector3D ToBody(in Vector3 chip)
    {
        var (x, y, z) = UpsideDown ? (chip.X, -chip.Y, -chip.Z) : (chip.X, chip.Y, chip.Z); // turned over its x axis
        return (QuarterTurns & 3) switch
        {
            0 => new Vector3D(x, y, z),
            1 => new Vector3D(-y, x, z),
            2 => new Vector3D(-x, -y, z),
            _ => new Vector3D(y, -x, z),
        };
    }
}
