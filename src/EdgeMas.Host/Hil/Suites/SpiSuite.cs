using System.Device.Spi;
using EdgeMas.Devices.Buses;
using EdgeMas.Devices.Chips.Bme280;
using EdgeMas.Devices.Errors;
using EdgeMas.Simulation.Board;

namespace EdgeMas.Host.Hil.Suites;

/// <summary>The SPI bus through <c>/dev/spidev0.0</c> and <c>0.1</c>: a chip at each select line.</summary>
internal sealed class SpiSuite : HilSuite
{
    private readonly Memory _first = new();
    private readonly Memory _second = new();
    private readonly Air _air = new();

    public override string Name => "spi";

    public override string Description => "SPI: full duplex, long transfers, each chip at its own select line, a BME280, a bus that is not there";

    public override IReadOnlyList<HilCase> Cases =>
    [
        new("what is sent arrives, and what the chip answers comes back in the same transfer", _ =>
        {
            using var device = SpiBuses.Open(0, 0);
            Exchange(device, [1, 2, 3], expected: [0, 0, 0]);
            Exchange(device, [9, 0xFF, 0], expected: [1, 2, 3]);
        }),
        new("a transfer of 512 bytes comes whole", _ =>
        {
            using var device = SpiBuses.Open(0, 0);
            byte[] many = [.. Enumerable.Range(0, 512).Select(i => (byte)(i * 7))];
            device.TransferFullDuplex(many, new byte[many.Length]);
            Exchange(device, new byte[many.Length], many);
        }),
        new("each select line has its own chip", _ =>
        {
            using var first = SpiBuses.Open(0, 0);
            using var second = SpiBuses.Open(0, 1);
            first.Write([0xA1]);
            second.Write([0xB2]);
            Exchange(first, [0], [0xA1]);
            Exchange(second, [0], [0xB2]);
        }),
        new("a BME280 measures the air with its data sheet's numbers, and again after a dip of its supply", bench =>
        {
            bench.Board.Chips.PlugSpi(0, _air);
            try
            {
                using var driver = new Bme280(SpiBuses.Open(0, 0, clockHertz: 5_000_000, SpiMode.Mode3));
                Expect(driver.Read(), celsius: 25.08, pascals: 100_653.27);
                _air.Chip.Feel(pressure: 400_000, temperature: 540_000, humidity: 30_281);
                HilBench.Near(31.3, driver.Read().Celsius, 0.5, "°C of warmer air");
                _air.Chip.Feel(415_148, 519_888, 30_281);
                _air.Chip.PowerUp();
                Expect(driver.Read(), celsius: 25.08, pascals: 100_653.27);
            }
            finally
            {
                bench.Board.Chips.PlugSpi(0, _first);
            }
        }),
        new("a BME280 that is missing is an error that names the wires", bench =>
        {
            bench.Board.Chips.PlugSpi(0, new Nothing());
            try
            {
                HilBench.Throws<DeviceException>(() => new Bme280(SpiBuses.Open(0, 0)).Dispose(), "spi0.0", "it is no BME280", "MISO");
            }
            finally
            {
                bench.Board.Chips.PlugSpi(0, _first);
            }
        }),
        new("a bus or a select line that is not there is an error that says how to enable it", _ =>
            HilBench.Throws<DeviceException>(() => SpiBuses.Open(7, 0).Dispose(), "/dev/spidev7.0", "dtparam=spi=on")),
    ];

    public override IReadOnlyList<HilFault> Faults =>
    [
        new("spi-chip-silent", bench => bench.Board.Chips.PlugSpi(0, new Nothing())),
        new("spi-bme280-reads-no-bit-7", _ => _air.LosesReadBit = true),
        new("spi-select-lines-swapped", bench =>
        {
            bench.Board.Chips.PlugSpi(0, _first);
            bench.Board.Chips.PlugSpi(1, _first); // both lines select the same chip
        }),
    ];

    public override void SetUp(HilBench bench)
    {
        bench.Board.Chips.PlugSpi(0, _first);
        bench.Board.Chips.PlugSpi(1, _second);
    }

    private static void Expect(AirReading reading, double celsius, double pascals)
    {
        HilBench.Near(celsius, reading.Celsius, 0.005, "°C");
        HilBench.Near(pascals, reading.Pascals, 0.01, "pascals");
        HilBench.True(reading.Humidity is > 0.1 and < 0.9, $"a humidity of {reading.Humidity}");
    }

    private static void Exchange(SpiDevice device, ReadOnlySpan<byte> sent, byte[] expected)
    {
        var received = new byte[sent.Length];
        device.TransferFullDuplex(sent, received);
        HilBench.Equal(Convert.ToHexString(expected), Convert.ToHexString(received), "received");
    }

    /// <summary>Answers with what it was sent in the transfer before.</summary>
    private sealed class Memory : ISpiTarget
    {
        private byte[] _before = [];

        public void Transfer(ReadOnlySpan<byte> sent, Span<byte> received)
        {
            received.Clear();
            _before.AsSpan(0, Math.Min(_before.Length, received.Length)).CopyTo(received);
            _before = sent.ToArray();
        }
    }

    /// <summary>The weather's chip, with a wire that may be bad.</summary>
    private sealed class Air : ISpiTarget
    {
        public SimulatedBme280 Chip { get; } = new();

        /// <summary>A driver that forgot the read bit looks like this to the chip.</summary>
        public bool LosesReadBit { get; set; }

        public void Transfer(ReadOnlySpan<byte> sent, Span<byte> received)
        {
            if (!LosesReadBit)
            {
                Chip.Transfer(sent, received);
                return;
            }
            var changed = sent.ToArray();
            changed[0] &= 0x7F;
            Chip.Transfer(changed, received);
        }
    }

    private sealed class Nothing : ISpiTarget
    {
        public void Transfer(ReadOnlySpan<byte> sent, Span<byte> received) => received.Clear();
    }
}
