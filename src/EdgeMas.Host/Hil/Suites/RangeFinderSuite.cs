using EdgeMas.Devices.Chips.HcSr04;
using EdgeMas.Devices.Errors;

namespace EdgeMas.Host.Hil.Suites;

/// <summary>The ultrasonic range finder on two pins.</summary>
internal sealed class RangeFinderSuite : HilSuite
{
    private const int TriggerLine = 24;
    private const int EchoLine = 25;

    private HcSr04? _finder;

    public override string Name => "hcsr04";

    public override string Description => "Ultrasonic range finder on pins: metres from the kernel's own times, no echo, nothing ahead";

    public override IReadOnlyList<HilCase> Cases =>
    [
        new("an echo's length is a distance", bench =>
        {
            _finder = new HcSr04(bench.Board.Gpio.Path, TriggerLine, EchoLine, bench.Time);
            foreach (var milliseconds in new[] { 3, 12 })
            {
                double least = 0, most = 0, meters = 0;
                bench.Until(
                    () =>
                    {
                        (least, most, meters) = Measure(bench, TimeSpan.FromMilliseconds(milliseconds));
                        return most < 4; // else a busy computer has made the echo longer than any
                    },
                    "an echo of the length meant");
                HilBench.True(meters >= least - 0.001 && meters <= most + 0.001, FormattableString.Invariant($"the echo lasted {least:F3} to {most:F3} m, and {meters:F3} m were measured"));
            }
        }),
        new("a long echo is nothing ahead", bench => HilBench.Equal(double.PositiveInfinity, Measure(bench, TimeSpan.FromMilliseconds(38)).Meters, "metres")),
        new("no echo is an error that names the wires", _ => HilBench.Throws<DeviceException>(() => Finder.Measure(), "lines 24 and 25", "its echo pin stays silent")),
    ];

    public override IReadOnlyList<HilFault> Faults => [HilFault.StuckLine(EchoLine, high: false), HilFault.StuckLine(EchoLine, high: true)];

    private HcSr04 Finder => _finder ?? throw new HilFailure("the range finder was not set up");

    public override void SetUp(HilBench bench) => bench.Drive(EchoLine, false);

    public override void TearDown() => _finder?.Dispose();

    /// <summary>Pings as a control loop does and plays the echo. An edge is noted some time after it is driven: between the two the true length lies.</summary>
    private (double Least, double Most, double Meters) Measure(HilBench bench, TimeSpan echo)
    {
        var meters = double.NaN;
        Finder.Trigger();
        var rise = bench.Time.GetTimestamp();
        bench.Drive(EchoLine, true);
        bench.Until(() => Finder.TryTake(out _) || Finder.IsEchoing, "the beginning of an echo");
        var riseNoted = bench.Time.GetTimestamp();
        HilBench.Pause(echo);
        var fall = bench.Time.GetTimestamp();
        bench.Drive(EchoLine, false);
        bench.Until(() => Finder.TryTake(out meters), "the end of an echo");
        return (Meters(bench, riseNoted, fall), Meters(bench, rise, bench.Time.GetTimestamp()), meters);
    }

    private double Meters(HilBench bench, long from, long to) => bench.Time.GetElapsedTime(from, to).TotalSeconds * 343.2 / 2;
}
