using EdgeMas.Devices.Buses;
using EdgeMas.Devices.Errors;

namespace EdgeMas.Host.Hil.Suites;

/// <summary>The board's own PWM outputs, through <c>/sys/class/pwm</c>.</summary>
internal sealed class PwmSuite : HilSuite
{
    public override string Name => "pwm";

    public override string Description => "PWM outputs of the board: period, duty, stop, a missing channel";

    public override IReadOnlyList<HilCase> Cases =>
    [
        new("a channel gives the period and the duty asked for", bench =>
        {
            using var channel = PwmChannels.Open(0, 1, frequencyHertz: 20_000);
            channel.DutyCycle = 0.25;
            channel.Start();
            bench.Until(() => bench.Board.Chips.Pwm.Last(1) is { Enabled: true, PeriodNanoseconds: 50_000, DutyNanoseconds: 12_500 }, "50 µs with 12.5 µs high");
            channel.DutyCycle = 0.75;
            bench.Until(() => bench.Board.Chips.Pwm.Last(1) is { Enabled: true, DutyNanoseconds: 37_500 }, "37.5 µs high");
            channel.Stop();
            bench.Until(() => bench.Board.Chips.Pwm.Last(1) is { Enabled: false }, "the output off");
        }),
        new("no state between goes above what was asked for", bench =>
            HilBench.True(bench.Board.Chips.Pwm.Of(1).All(state => state.Duty <= 0.75), "an output was higher than asked for on its way")),
        new("a channel that is not there is an error that names those that are", _ =>
            HilBench.Throws<DeviceException>(() => PwmChannels.Open(0, 9, 1000), "/sys/class/pwm/pwmchip0", "no channel 9", "0 to 3")),
        new("a chip that is not there is an error that says how to enable it", _ =>
            HilBench.Throws<DeviceException>(() => PwmChannels.Open(5, 0, 1000), "pwmchip5", "dtoverlay=pwm-2chan")),
    ];

    public override IReadOnlyList<HilFault> Faults => [HilFault.PwmCut];
}
