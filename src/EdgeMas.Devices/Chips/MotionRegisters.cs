using System.Buffers.Binary;
using System.Numerics;

namespace EdgeMas.Devices.Chips;

/// <summary>The values of an InvenSense motion sensor, seven numbers in a row that are read at once: in SI units, and whether they live. Allocates nothing.</summary>
/// <param name="first">Register of the first number.</param>
internal sealed class MotionRegisters(ChipRegisters registers, byte first, AccelerometerRange accelerometer, GyroscopeRange gyroscope)
{
    private const double StandardGravity = 9.80665;

    // 16384 steps a g and 131 steps a degree a second at the smallest range, half as many at each next one.
    private readonly double _accelerationPerStep = StandardGravity * (1 << (int)accelerometer) / 16384;
    private readonly double _rotationPerStep = Math.PI / 180 * (1 << (int)gyroscope) / 131;
    private readonly byte[] _last = new byte[14];
    private readonly byte[] _now = new byte[14];

    /// <summary>Readings in a row that were equal to the last bit.</summary>
    internal int Unchanged { get; private set; }

    internal void Read()
    {
        registers.Read(first, _now);
        Unchanged = _now.AsSpan().SequenceEqual(_last) ? Unchanged + 1 : 0;
        _now.CopyTo(_last, 0);
    }

    /// <param name="at">Bytes after the first register, as below.</param>
    internal Vector3 Acceleration(int at) => Vector(at, _accelerationPerStep);

    internal Vector3 Rotation(int at) => Vector(at, _rotationPerStep);

    internal short Number(int at) => BinaryPrimitives.ReadInt16BigEndian(_now.AsSpan(at));

    private Vector3 Vector(int at, double perStep) => new((float)(Number(at) * perStep), (float)(Number(at + 2) * perStep), (float)(Number(at + 4) * perStep));
}
