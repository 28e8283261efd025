using System.Device.Spi;
using EdgeMas.Devices.Chips.Bme280;
using EdgeMas.Devices.Errors;
using EdgeMas.Simulation.Board;

namespace EdgeMas.Devices.Tests.Chips;

/// <summary>Data sheet BST-BME280-DS001, section 6.3: bit 7 of a register's number reads; written numbers lose it.</summary>
public sealed class Bme280SpiTests
{
    private readonly SimulatedBme280 _chip = new();
    private readonly RecordedSpi _bus;

    public Bme280SpiTests() => _bus = new RecordedSpi(_chip);

    [Fact]
    public void Set_up_reads_with_bit_7_and_writes_without()
    {
        using var driver = new Bme280(_bus);

        Assert.Equal(["D0 r1", "60 B6", "F3 r1", "88 r26", "E1 r7", "72 01", "75 10", "74 57"], _bus.Take());
    }

    [Fact]
    public void The_data_sheets_raw_values_are_the_data_sheets_temperature_and_pressure()
    {
        using var driver = new Bme280(_bus);
        _bus.Take();

        var reading = driver.Read();

        Assert.Equal(["F7 r8"], _bus.Take());
        Assert.Equal(25.08, reading.Celsius, 0.005);
        Assert.Equal(100653.27, reading.Pascals, 0.01);
        Assert.InRange(reading.Humidity, 0.3, 0.6);
    }

    [Fact]
    public void After_a_dip_of_its_supply_it_is_set_up_again_and_measures()
    {
        using var driver = new Bme280(_bus);
        _chip.PowerUp();
        _bus.Take();

        Assert.Equal(25.08, driver.Read().Celsius, 0.005);
        Assert.Equal(["F7 r8", "72 01", "75 10", "74 57", "F7 r8"], _bus.Take());
    }

    [Theory]
    [InlineData(0x00)]
    [InlineData(0xFF)]
    public void A_chip_that_is_missing_reads_as_zeros_or_ones_and_is_told_with_its_wires(byte pulled)
    {
        var error = Assert.Throws<DeviceException>(() => new Bme280(new RecordedSpi(new RecordedSpi.Nobody(pulled))));

        Assert.StartsWith($"spi0.1: cannot be used: it is no BME280: its identity is 0x{pulled:x2}, not 0x60. Where nothing answers: check the chip's power, MOSI, MISO", error.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(0x00)]
    [InlineData(0xFF)]
    public void A_chip_that_falls_silent_gives_an_error_and_no_number(byte pulled)
    {
        var cable = new Cable(_chip);
        using var driver = new Bme280(new RecordedSpi(cable));
        cable.Pulled = pulled;

        Assert.Contains("spi0.1: cannot be read: it measures nothing", Assert.Throws<DeviceException>(() => driver.Read()).Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(SpiMode.Mode1, 1_000_000, "Mode1: this chip speaks modes 0 and 3")]
    [InlineData(SpiMode.Mode2, 1_000_000, "Mode2: this chip speaks modes 0 and 3")]
    [InlineData(SpiMode.Mode0, 10_000_001, "this chip's clock may have 10000000 Hz")]
    public void A_bus_that_is_set_up_otherwise_is_refused(SpiMode mode, int hertz, string words) =>
        Assert.Contains(words, Assert.Throws<ArgumentException>(() => new Bme280(new RecordedSpi(_chip, mode, hertz))).Message, StringComparison.Ordinal);

    [Fact]
    public void Mode_3_at_the_fastest_clock_is_fine_and_the_device_is_disposed_with_the_driver()
    {
        var bus = new RecordedSpi(_chip, SpiMode.Mode3, Bme280.MostSpiHertz);
        new Bme280(bus).Dispose();

        Assert.True(bus.Disposed);
    }

    private sealed class Cable(ISpiTarget chip) : ISpiTarget
    {
        internal byte? Pulled { get; set; }

        public void Transfer(ReadOnlySpan<byte> sent, Span<byte> received)
        {
            if (Pulled is { } level)
                received.Fill(level);
            else
                chip.Transfer(sent, received);
        }
    }
}
