using EdgeMas.Devices.Buses;
using EdgeMas.Devices.Chips.Pca9685;
using EdgeMas.Devices.Errors;
using EdgeMas.Simulation.Board;

namespace EdgeMas.Host.Hil.Suites;

/// <summary>The servo chip, through <c>/dev/i2c-0</c>.</summary>
internal sealed class Pca9685Suite : HilSuite
{
    private readonly SimulatedPca9685 _chip = new();
    private Pca9685? _driver;

    public override string Name => "pca9685";

    public override string Description => "Servo and PWM chip on I2C: frequency, pulses, stop, a missing chip";

    public override IReadOnlyList<HilCase> Cases =>
    [
        new("set-up gives 50 Hz with all outputs off", _ =>
        {
            _driver = new Pca9685(I2cBuses.Open(0, Pca9685.DefaultAddress));
            HilBench.Near(50, _chip.FrequencyHertz, 0.5, "frequency in Hz");
            HilBench.Near(0, _chip.Duty(3), 0, "duty");
        }),
        new("a 1.5 ms pulse comes out of its channel and of no other", _ =>
        {
            Driver.SetPulse(3, TimeSpan.FromMilliseconds(1.5));
            HilBench.Near(0.0015, _chip.Duty(3) / _chip.FrequencyHertz, 0.00001, "pulse in s");
            HilBench.Near(0, _chip.Duty(2) + _chip.Duty(4), 0, "duty of the neighbours");
            HilBench.Near(_chip.Duty(3), Driver.GetDuty(3), 0, "duty read back");
        }),
        new("stop ends all pulses", _ =>
        {
            Driver.SetDuty(15, 1);
            HilBench.Near(1, _chip.Duty(15), 0, "duty");
            Driver.Stop();
            HilBench.Near(0, _chip.Duty(3) + _chip.Duty(15), 0, "duty");
        }),
        new("a chip that is not there is an error that names bus and address", _ =>
            HilBench.Throws<DeviceException>(() => new Pca9685(I2cBuses.Open(0, 0x41)), "i2c-0 address 0x41", "no chip answers", "i2cdetect -y 0")),
        new("a bus that is not there is an error that says how to enable it", _ =>
            HilBench.Throws<DeviceException>(() => I2cBuses.Open(7, 0x41), "/dev/i2c-7", "it has /dev/i2c-0", "dtparam=i2c_arm=on")),
    ];

    public override IReadOnlyList<HilFault> Faults =>
    [
        HilFault.Chip("pca9685", Pca9685.DefaultAddress, BusFault.Silent),
        HilFault.Chip("pca9685", Pca9685.DefaultAddress, BusFault.Hang),
        HilFault.Chip("pca9685", Pca9685.DefaultAddress, BusFault.Deaf),
        HilFault.Chip("pca9685", Pca9685.DefaultAddress, BusFault.Noise),
    ];

    private Pca9685 Driver => _driver ?? throw new HilFailure("the chip was not set up");

    public override void SetUp(HilBench bench) => bench.Board.Chips.Plug(Pca9685.DefaultAddress, _chip);

    public override void TearDown() => _driver?.Dispose();
}
