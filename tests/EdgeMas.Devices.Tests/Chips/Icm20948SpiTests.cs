using System.Numerics;
using EdgeMas.Devices.Chips;
using EdgeMas.Devices.Chips.Icm20948;
using EdgeMas.Devices.Errors;
using EdgeMas.Simulation.Board;

namespace EdgeMas.Devices.Tests.Chips;

/// <summary>Data sheet DS-000189, section 6.5: the first bit of a transfer reads, seven name the register.</summary>
public sealed class Icm20948SpiTests
{
    private readonly Banks _chip = new();
    private readonly RecordedSpi _bus;

    public Icm20948SpiTests() => _bus = new RecordedSpi(_chip);

    [Fact]
    public void Set_up_turns_its_i2c_off_and_is_else_that_of_i2c()
    {
        using var driver = new Icm20948(_bus, AccelerometerRange.G8, GyroscopeRange.Degrees1000, Icm20948LowPass.Hertz24, samplesPerSecond: 100);

        Assert.Equal(
            ["7F 00", "80 r1", "06 80", "03 10", "06 01", "07 00", "7F 20", "00 0A", "01 25", "10 00", "11 0A", "14 25", "7F 00"],
            _bus.Take());
        Assert.Equal((0x0A, 0x25, 0x0A, 0x25), (_chip[2, 0x00], _chip[2, 0x01], _chip[2, 0x11], _chip[2, 0x14]));
    }

    [Fact]
    public void A_reading_is_one_transfer_in_si_units()
    {
        using var driver = new Icm20948(_bus, AccelerometerRange.G4, GyroscopeRange.Degrees500);
        _chip.Put(0x31, 8192); // 1 g upwards (table 2), 100 °/s to the left (table 1), 25 °C
        _chip.Put(0x37, 6550);
        _chip.Put(0x39, 1335);
        _bus.Take();

        var reading = driver.Read();

        Assert.Equal(["AD r14"], _bus.Take());
        Assert.Equal(new Vector3(0, 0, 9.80665f), reading.MetersPerSecondSquared);
        Assert.Equal(100 * Math.PI / 180, reading.RadiansPerSecond.Z, 1e-4);
        Assert.Equal(25, reading.Celsius, 0.01);
    }

    [Fact]
    public void A_chip_that_is_missing_is_told_with_its_wires() =>
        Assert.Contains("it is no ICM-20948: its identity is 0xff, not 0xea. Where nothing answers: check the chip's power, MOSI", Assert.Throws<DeviceException>(() => new Icm20948(new RecordedSpi(new RecordedSpi.Nobody(0xFF)))).Message, StringComparison.Ordinal);

    [Fact]
    public void A_clock_beyond_7_MHz_is_refused() =>
        Assert.Contains("may have 7000000 Hz", Assert.Throws<ArgumentException>(() => new Icm20948(new RecordedSpi(_chip, hertz: 8_000_000))).Message, StringComparison.Ordinal);

    /// <summary>Registers in four banks, one chosen at a time.</summary>
    private sealed class Banks : ISpiTarget
    {
        private readonly byte[,] _banks = new byte[4, 128];
        private int _bank = 3;

        internal Banks() => _banks[0, 0] = 0xEA;

        internal byte this[int bank, int register] => _banks[bank, register];

        internal void Put(int register, short value) => (_banks[0, register], _banks[0, register + 1]) = ((byte)(value >> 8), (byte)value);

        public void Transfer(ReadOnlySpan<byte> sent, Span<byte> received)
        {
            for (var i = 1; i < sent.Length; i++)
            {
                var register = ((sent[0] & 0x7F) + i - 1) & 0x7F;
                if ((sent[0] & 0x80) != 0)
                    received[i] = _banks[_bank, register];
                else if (register == 0x7F)
                    _bank = (sent[i] >> 4) & 3;
                else
                    _banks[_bank, register] = sent[i];
            }
        }
    }
}
