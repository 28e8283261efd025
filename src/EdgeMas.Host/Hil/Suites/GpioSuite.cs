using System.Device.Gpio;
using EdgeMas.Devices.Errors;
using EdgeMas.Devices.Gpio;

namespace EdgeMas.Host.Hil.Suites;

/// <summary>Pins, through <c>/dev/gpiochip0</c>: our driver on the kernel's character device.</summary>
internal sealed class GpioSuite : HilSuite
{
    private const int Output = 4;
    private const int Input = 5;
    private const int Second = 6;

    public override string Name => "gpio";

    public override string Description => "Pins: levels, edges with the kernel's time and count, debounce, bias, errors";

    public override IReadOnlyList<HilCase> Cases =>
    [
        new("an output shows outside", bench =>
        {
            using var controller = new GpioController(new KernelGpioDriver(bench.Board.Gpio.Path));
            controller.OpenPin(Output, PinMode.Output, PinValue.High);
            HilBench.True(bench.Level(Output), "high at once");
            controller.Write(Output, PinValue.Low);
            HilBench.True(!bench.Level(Output), "then low");
            HilBench.Equal(PinValue.Low, controller.Read(Output), "read back");
        }),
        new("an input shows what is outside", bench =>
        {
            using var controller = new GpioController(new KernelGpioDriver(bench.Board.Gpio.Path));
            controller.OpenPin(Input, PinMode.Input);
            foreach (var high in new[] { true, false, true })
            {
                bench.Drive(Input, high);
                HilBench.Equal((PinValue)high, controller.Read(Input), "level");
            }
        }),
        new("several lines are read and written in one call", bench =>
        {
            using var outputs = GpioLines.Open(bench.Board.Gpio.Path, [Output, 10, 11], GpioLineSettings.Outputs(initial: 0b101));
            HilBench.Equal((true, false, true), (bench.Level(Output), bench.Level(10), bench.Level(11)), "levels at the beginning");
            outputs.Write(0b010, mask: 0b011);
            HilBench.Equal((false, true, true), (bench.Level(Output), bench.Level(10), bench.Level(11)), "levels after a write to two of them");
            HilBench.Equal(0b110UL, outputs.Read(), "read back");
        }),
        new("callbacks come for the edges asked for, in order", bench =>
        {
            using var controller = new GpioController(new KernelGpioDriver(bench.Board.Gpio.Path));
            bench.Drive(Input, false);
            controller.OpenPin(Input, PinMode.Input);
            var seen = new System.Collections.Concurrent.ConcurrentQueue<PinEventTypes>();
            controller.RegisterCallbackForPinValueChangedEvent(Input, PinEventTypes.Rising | PinEventTypes.Falling, (_, change) => seen.Enqueue(change.ChangeType));
            for (var i = 0; i < 6; i++)
            {
                bench.Drive(Input, i % 2 == 0);
                bench.Until(() => seen.Count == i + 1, $"edge {i + 1}");
            }
            HilBench.True(seen.Select((type, i) => type == (i % 2 == 0 ? PinEventTypes.Rising : PinEventTypes.Falling)).All(right => right), "rising and falling take turns");
        }),
        new("a wait for an edge ends with it, or when it is cancelled", bench =>
        {
            using var controller = new GpioController(new KernelGpioDriver(bench.Board.Gpio.Path));
            bench.Drive(Input, false);
            controller.OpenPin(Input, PinMode.Input);
            using var source = new CancellationTokenSource();
            source.Cancel();
            HilBench.True(controller.WaitForEvent(Input, PinEventTypes.Rising, source.Token).TimedOut, "cancelled");
            var waiting = Task.Run(() => controller.WaitForEvent(Input, PinEventTypes.Rising, TimeSpan.FromSeconds(30)));
            bench.Until(() => waiting.IsCompleted || Toggle(bench), "an edge ends the wait");
            HilBench.Equal(PinEventTypes.Rising, waiting.GetAwaiter().GetResult().EventTypes, "what ended it");
        }),
        new("edges of two lines keep their order and their time", bench =>
        {
            bench.Drive(Input, false);
            bench.Drive(Second, false);
            using var lines = GpioLines.Open(bench.Board.Gpio.Path, [Input, Second], GpioLineSettings.EdgeInput);
            List<GpioEdge> edges = [];
            foreach (var (line, high) in new[] { (Input, true), (Second, true), (Input, false) })
            {
                bench.Drive(line, high);
                edges.AddRange(Take(bench, lines, 1));
            }
            HilBench.Equal("0+ 1+ 0-", string.Join(' ', edges.Select(edge => $"{edge.Index}{(edge.Rising ? '+' : '-')}")), "edges");
            HilBench.True(edges[0].TimestampNanoseconds < edges[1].TimestampNanoseconds && edges[1].TimestampNanoseconds < edges[2].TimestampNanoseconds, "time goes on");
            HilBench.Equal(0L, lines.LostEdges, "lost edges");
        }),
        new("edges that nobody takes in time are counted as lost", bench =>
        {
            bench.Drive(Input, false);
            using var lines = GpioLines.Open(bench.Board.Gpio.Path, [Input], GpioLineSettings.EdgeInput with { EdgeCapacity = 8 });
            for (var i = 0; i < 20; i++)
            {
                bench.Drive(Input, i % 2 == 0);
                HilBench.Pause(TimeSpan.FromMilliseconds(2)); // closer edges merge in gpio-sim
            }
            var edges = Take(bench, lines, 8);
            HilBench.Equal(20L, edges.Count + lines.LostEdges, "edges seen and lost");
            HilBench.Equal(20u, edges[^1].Sequence, "the last one's number");
        }),
        new("a short bounce is no edge where the kernel debounces", bench =>
        {
            bench.Drive(Input, false);
            using var lines = GpioLines.Open(bench.Board.Gpio.Path, [Input], GpioLineSettings.EdgeInput with { Debounce = TimeSpan.FromMilliseconds(300) });
            bench.Drive(Input, true);
            bench.Drive(Input, false);
            bench.Drive(Input, true);
            var edges = Take(bench, lines, 1);
            HilBench.True(edges[0].Rising, "one rising edge");
            HilBench.Equal(0, lines.ReadEdges(new GpioEdge[4]), "further edges");
        }),
        new("bias holds an open input", bench =>
        {
            using var controller = new GpioController(new KernelGpioDriver(bench.Board.Gpio.Path));
            controller.OpenPin(12, PinMode.InputPullUp);
            HilBench.Equal(PinValue.High, controller.Read(12), "pulled up");
            controller.SetPinMode(12, PinMode.InputPullDown);
            HilBench.Equal(PinValue.Low, controller.Read(12), "pulled down");
        }),
        new("a busy line names who holds it", bench =>
        {
            using var held = GpioLines.Open(bench.Board.Gpio.Path, [Output], GpioLineSettings.Outputs(), consumer: "gripper");
            HilBench.Throws<DeviceException>(() => GpioLines.Open(bench.Board.Gpio.Path, [Output], GpioLineSettings.Input).Dispose(), "line 4", "used by 'gripper' (GPIO4)");
            HilBench.Throws<DeviceException>(() => GpioLines.Open(bench.Board.Gpio.Path, [31], GpioLineSettings.Input).Dispose(), "line 31", "used by 'regulator'");
        }),
        new("a line or chip that is not there is an error that says what there is", bench =>
        {
            HilBench.Throws<DeviceException>(() => GpioLines.Open(bench.Board.Gpio.Path, [99], GpioLineSettings.Input).Dispose(), "no line 99", "0 to 31");
            HilBench.Throws<DeviceException>(() => GpioLines.Open("gpiochip9", [1], GpioLineSettings.Input).Dispose(), "/dev/gpiochip9", "it has /dev/gpiochip0");
        }),
    ];

    public override IReadOnlyList<HilFault> Faults => [HilFault.StuckLine(Output, high: false), HilFault.StuckLine(Input, high: true)];

    private static bool Toggle(HilBench bench)
    {
        bench.Drive(Input, !bench.Board.Gpio.Level(Input));
        return false;
    }

    private static List<GpioEdge> Take(HilBench bench, GpioLines lines, int count)
    {
        var taken = new List<GpioEdge>();
        var edges = new GpioEdge[16];
        var started = bench.Time.GetTimestamp();
        while (taken.Count < count && bench.Time.GetElapsedTime(started) < bench.Patience)
            taken.AddRange(edges.AsSpan(0, lines.WaitForEdges(edges, TimeSpan.FromSeconds(1))));
        HilBench.Equal(count, taken.Count, "edges");
        return taken;
    }
}
