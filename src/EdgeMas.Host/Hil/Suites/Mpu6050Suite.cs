using System.Numerics;
using EdgeMas.Devices.Buses;
using EdgeMas.Devices.Chips.Mpu6050;
using EdgeMas.Devices.Errors;
using EdgeMas.Simulation.Board;

namespace EdgeMas.Host.Hil.Suites;

/// <summary>The inertial sensor, through <c>/dev/i2c-0</c>.</summary>
internal sealed class Mpu6050Suite : HilSuite
{
    private readonly SimulatedMpu6050 _chip = new();
    private Mpu6050? _driver;

    public override string Name => "mpu6050";

    public override string Description => "Inertial sensor on I2C: what it feels, calibration, a sensor unplugged while it runs";

    public override IReadOnlyList<HilCase> Cases =>
    [
        new("at rest it feels one g upwards and no turning", _ =>
        {
            _driver = new Mpu6050(I2cBuses.Open(0, Mpu6050.DefaultAddress));
            var reading = Driver.Read();
            HilBench.Near(9.807, reading.MetersPerSecondSquared.Z, 0.02, "upwards in m/s²");
            HilBench.Near(0, reading.RadiansPerSecond.Length(), 0.002, "turning in rad/s");
            HilBench.Near(25, reading.Celsius, 0.1, "°C");
        }),
        new("it feels pushing and turning on every axis", _ =>
        {
            _chip.Feel(new Vector3(1, -2, 12), new Vector3(0.5f, -1, 2), celsius: 40);
            var reading = Driver.Read();
            HilBench.Near(0, (reading.MetersPerSecondSquared - new Vector3(1, -2, 12)).Length(), 0.01, "error in m/s²");
            HilBench.Near(0, (reading.RadiansPerSecond - new Vector3(0.5f, -1, 2)).Length(), 0.002, "error in rad/s");
            HilBench.Near(40, reading.Celsius, 0.1, "°C");
        }),
        new("its noise shows that it lives", _ =>
        {
            for (var i = 0; i < 10; i++)
                Driver.Read();
            HilBench.True(Driver.UnchangedReadings < 5, "the readings do not change any more");
        }),
        new("what the gyroscope shows at rest is taken away", _ =>
        {
            _chip.Feel(new Vector3(0, 0, 9.80665f), new Vector3(0.01f, 0.02f, -0.03f));
            Driver.CalibrateGyroscope(readings: 20);
            HilBench.Near(0, Driver.Read().RadiansPerSecond.Length(), 0.002, "turning in rad/s");
        }),
        new("unplugged, it is an error that names bus and address; plugged in again, it goes on", bench =>
        {
            bench.Board.Chips.Unplug(Mpu6050.DefaultAddress);
            HilBench.Throws<DeviceException>(() => Driver.Read(), "i2c-0 address 0x68", "no chip answers");
            bench.Board.Chips.Plug(Mpu6050.DefaultAddress, _chip);
            Driver.Read();
        }),
        new("a chip that holds the bus is an error that says so", bench =>
        {
            bench.Board.Chips.Break(Mpu6050.DefaultAddress, BusFault.Hang);
            HilBench.Throws<DeviceException>(() => Driver.Read(), "i2c-0 address 0x68", "the bus hangs");
            bench.Board.Chips.Break(Mpu6050.DefaultAddress, BusFault.None);
            Driver.Read();
        }),
    ];

    public override IReadOnlyList<HilFault> Faults =>
    [
        HilFault.Chip("mpu6050", Mpu6050.DefaultAddress, BusFault.Silent),
        HilFault.Chip("mpu6050", Mpu6050.DefaultAddress, BusFault.Hang),
        HilFault.Chip("mpu6050", Mpu6050.DefaultAddress, BusFault.Freeze),
        HilFault.Chip("mpu6050", Mpu6050.DefaultAddress, BusFault.Deaf),
        HilFault.Chip("mpu6050", Mpu6050.DefaultAddress, BusFault.Noise),
    ];

    private Mpu6050 Driver => _driver ?? throw new HilFailure("the chip was not set up");

    public override void SetUp(HilBench bench) => bench.Board.Chips.Plug(Mpu6050.DefaultAddress, _chip);

    public override void TearDown() => _driver?.Dispose();
}
