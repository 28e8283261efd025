using EdgeMas.Devices.Can;
using EdgeMas.Devices.Errors;
using EdgeMas.Simulation.Board;

namespace EdgeMas.Host.Hil.Suites;

/// <summary>Raw CAN frames, through <c>vcan0</c>.</summary>
internal sealed class CanSuite : HilSuite
{
    private const string Interface = "vcan0";
    private VirtualCan? _far;

    public override string Name => "can";

    public override string Description => "CAN frames: sent, received, filtered, counted where nobody read, an interface that goes down";

    public override IReadOnlyList<HilCase> Cases =>
    [
        new("a frame is on the bus as it was sent", bench =>
        {
            using var bus = CanBus.Open(Interface);
            bus.Send(new CanFrame(0x123, [0xDE, 0xAD, 0xBE, 0xEF]));
            bus.Send(new CanFrame(0x1ABCDEF0, [1, 2, 3, 4, 5, 6, 7, 8], extended: true));
            bus.Send(CanFrame.Request(0x321));
            foreach (var expected in new[] { "123#DEADBEEF", "9ABCDEF0#0102030405060708", "40000321#" })
                HilBench.Equal(expected, Far.Receive(bench.Patience), "the other station receives");
        }),
        new("a frame of another station is received as it was sent", bench =>
        {
            using var bus = CanBus.Open(Interface);
            Far.Send(0x7FF, 0xCA, 0xFE);
            Far.Send(0x8000_0001, 9);
            Far.Send(0x4000_0010);
            foreach (var expected in new[] { new CanFrame(0x7FF, [0xCA, 0xFE]), new CanFrame(1, [9], extended: true), CanFrame.Request(0x10) })
                HilBench.Equal(expected, Next(bus, bench), "received");
        }),
        new("a filter lets its identifiers through and no other", bench =>
        {
            using var bus = CanBus.Open(Interface, CanFilter.Exactly(0x201), new CanFilter(0x300, 0x700), CanFilter.Exactly(0x201, extended: true));
            foreach (var id in new uint[] { 0x200, 0x201, 0x8000_0301, 0x3A7, 0x8000_0201, 0x401, 0x300 })
                Far.Send(id);
            foreach (var expected in new[] { new CanFrame(0x201, []), new CanFrame(0x3A7, []), new CanFrame(0x201, [], extended: true), new CanFrame(0x300, []) })
                HilBench.Equal(expected, Next(bus, bench), "received");
        }),
        new("frames that nobody read in time are counted", bench =>
        {
            const int sent = 1500; // the kernel keeps a few hundred
            using var bus = CanBus.Open(Interface);
            for (var i = 0; i < sent; i++)
                Far.Send(0x100);
            var frames = new CanFrame[sent];
            var received = bus.WaitForFrames(frames, bench.Patience);
            Far.Send(0x101);
            HilBench.Equal(new CanFrame(0x101, []), Next(bus, bench), "the frame after them");
            HilBench.True(received < sent, "the kernel kept every frame: send more");
            HilBench.Equal(sent, received + bus.LostFrames, "received and lost");
        }),
        new("a wait ends when it is cancelled", _ =>
        {
            using var bus = CanBus.Open(Interface);
            using var stop = new CancellationTokenSource(TimeSpan.FromMilliseconds(50));
            HilBench.Throws<OperationCanceledException>(() => bus.WaitForFrames(new CanFrame[1], Timeout.InfiniteTimeSpan, stop.Token));
        }),
        new("an interface that is down, missing or none of CAN says what to do", bench =>
        {
            using var bus = CanBus.Open(Interface);
            Far.Switch(on: false);
            HilBench.Throws<DeviceException>(() => bus.Send(new CanFrame(1, [])), Interface, "down", "ip link set vcan0 up");
            Far.Switch(on: true);
            bus.Send(new CanFrame(2, []));
            HilBench.Throws<DeviceException>(() => CanBus.Open("can7").Dispose(), "can7", "it has", Interface);
            HilBench.Throws<DeviceException>(() => CanBus.Open("lo").Dispose(), "lo", "none of CAN");
        }),
    ];

    public override IReadOnlyList<HilFault> Faults =>
    [
        new("can-interface-down", _ => Far.Switch(on: false)),
        new("can-interface-gone", _ => TearDown()),
    ];

    private VirtualCan Far => _far ?? throw new HilFailure("there is no CAN bus");

    public override void SetUp(HilBench bench) => _far = VirtualCan.Create(Interface);

    public override void TearDown()
    {
        _far?.Dispose();
        _far = null;
    }

    private static CanFrame Next(CanBus bus, HilBench bench)
    {
        var frames = new CanFrame[1];
        return bus.WaitForFrames(frames, bench.Patience) == 1 ? frames[0] : throw new HilFailure("no frame came");
    }
}
