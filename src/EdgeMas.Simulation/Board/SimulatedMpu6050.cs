using System.Buffers.Binary;
using System.Numerics;

namespace EdgeMas.Simulation.Board;

/// <summary>InvenSense MPU-6050 as the bus sees it: asleep after power-on and reset, values in the steps of the ranges it was set to, with the noise of one step.</summary>
/// <remarks>Source: InvenSense, MPU-6000/6050 register map rev. 4.2.</remarks>
public sealed class SimulatedMpu6050 : RegisterChip, ISuppliedChip
{
    private const byte GyroConfig = 0x1B;
    private const byte AccelConfig = 0x1C;
    private const byte FirstValue = 0x3B;
    private const byte PowerManagement = 0x6B;
    private const byte WhoAmI = 0x75;
    private const byte Sleep = 0x40;
    private const double StandardGravity = 9.80665;

    private readonly Random _noise = new(6050);
    private (Vector3 Acceleration, Vector3 Rotation, double Celsius) _felt = (new Vector3(0, 0, (float)StandardGravity), default, 25);

    public SimulatedMpu6050() => Reset();

    /// <summary>What the chip feels from now on: metres a second squared, radians a second, degrees Celsius.</summary>
    public void Feel(Vector3 acceleration, Vector3 rotation, double celsius = 25) => Locked(() => _felt = (acceleration, rotation, celsius));

    public void PowerUp() => Locked(Reset);

    protected override void OnWrite(byte register, byte value)
    {
        if (register == WhoAmI || register is >= FirstValue and < FirstValue + 14)
            return;
        if (register == PowerManagement && (value & 0x80) != 0)
            Reset();
        else
            Registers[register] = value;
    }

    protected override byte OnRead(byte register)
    {
        if (register == FirstValue && (Registers[PowerManagement] & Sleep) == 0)
            Sample();
        return Registers[register];
    }

    private void Reset()
    {
        Array.Clear(Registers);
        Registers[PowerManagement] = Sleep;
        Registers[WhoAmI] = 0x68;
    }

    private void Sample()
    {
        var g = 16384 >> ((Registers[AccelConfig] >> 3) & 3);
        var degree = 131.0 / (1 << ((Registers[GyroConfig] >> 3) & 3));
        for (var axis = 0; axis < 3; axis++)
        {
            Put(axis * 2, _felt.Acceleration[axis] / StandardGravity * g);
            Put(8 + (axis * 2), _felt.Rotation[axis] * 180 / Math.PI * degree);
        }
        Put(6, (_felt.Celsius - 36.53) * 340);
    }

    private void Put(int at, double steps) =>
        BinaryPrimitives.WriteInt16BigEndian(Registers.AsSpan(FirstValue + at), (short)Math.Clamp(Math.Round(steps) + _noise.Next(-1, 2), short.MinValue, short.MaxValue));
}
