using EdgeMas.Devices.Buses;
using EdgeMas.Devices.Chips.HBridge;
using EdgeMas.Devices.Gpio;
using EdgeMas.Simulation.Board;

namespace EdgeMas.Host.Hil.Suites;

/// <summary>A motor's bridge on two pins and a PWM output of the board.</summary>
internal sealed class MotorSuite : HilSuite
{
    private const int In1 = 16;
    private const int In2 = 17;
    private const int Standby = 18;
    private const int Channel = 0;

    private HBridgeMotor? _motor;

    public override string Name => "motor";

    public override string Description => "H-bridge on pins and PWM: direction, power, brake, coast, reversal without a kick";

    public override IReadOnlyList<HilCase> Cases =>
    [
        new("set-up wakes the bridge and gives no power", bench =>
        {
            var lines = GpioLines.Open(bench.Board.Gpio.Path, [In1, In2, Standby], GpioLineSettings.Outputs());
            _motor = new HBridgeMotor(HBridgeKind.Tb6612, PwmChannels.Open(0, Channel, 20_000), lines);
            bench.Until(() => bench.Board.Chips.Pwm.Last(Channel) is { Enabled: true, PeriodNanoseconds: 50_000, DutyNanoseconds: 0 }, "20 kHz without power");
            Expect(bench, false, false, 0);
            HilBench.True(bench.Level(Standby), "STBY is high");
        }),
        new("forward, backward, and the power between", bench =>
        {
            Motor.SetPower(0.5);
            Expect(bench, true, false, 0.5);
            Motor.SetPower(-0.25);
            Expect(bench, false, true, 0.25);
        }),
        new("a reversal takes the power away first", bench =>
        {
            var states = bench.Board.Chips.Pwm.Of(Channel);
            var half = LastIndex(states, state => state.Duty == 0.5);
            var quarter = LastIndex(states, state => state.Duty == 0.25);
            HilBench.True(half >= 0 && states.Skip(half).Take(quarter - half).Any(state => state.Duty == 0), "no moment without power between forward and backward");
        }),
        new("braking shorts the motor, coasting lets it go", bench =>
        {
            Motor.Brake();
            Expect(bench, true, true, 1);
            Motor.Coast();
            Expect(bench, false, false, 1); // PWM low would brake a TB6612
        }),
        new("driving it allocates nothing, as a control loop needs it", _ =>
        {
            Motor.SetPower(0.1);
            Motor.SetPower(-0.1);
            Motor.Brake();
            var before = GC.GetAllocatedBytesForCurrentThread();
            for (var i = 0; i < 20; i++)
                Motor.SetPower(i % 2 == 0 ? 0.01 * i : -0.01 * i);
            Motor.Brake();
            HilBench.Equal(0L, GC.GetAllocatedBytesForCurrentThread() - before, "bytes allocated");
        }),
        new("the end leaves the bridge asleep and the output off", bench =>
        {
            Motor.SetPower(1);
            Motor.Dispose();
            _motor = null;
            bench.Until(() => bench.Board.Chips.Pwm.Last(Channel) is { Enabled: false }, "the output off");
            HilBench.True(!bench.Level(In1) && !bench.Level(In2) && !bench.Level(Standby), "all pins are low");
        }),
    ];

    public override IReadOnlyList<HilFault> Faults =>
    [
        HilFault.StuckLine(In1, high: false), HilFault.StuckLine(In1, high: true), HilFault.StuckLine(In2, high: true), HilFault.StuckLine(Standby, high: false),
        HilFault.PwmCut,
    ];

    private HBridgeMotor Motor => _motor ?? throw new HilFailure("the motor was not set up");

    public override void TearDown() => _motor?.Dispose();

    private static void Expect(HilBench bench, bool in1, bool in2, double duty)
    {
        bench.Until(() => bench.Board.Chips.Pwm.Last(Channel).Duty == duty, FormattableString.Invariant($"a duty of {duty}"));
        HilBench.Equal((in1, in2), (bench.Level(In1), bench.Level(In2)), "IN1 and IN2");
    }

    private static int LastIndex(IReadOnlyList<PwmState> states, Func<PwmState, bool> which)
    {
        for (var i = states.Count - 1; i >= 0; i--)
        {
            if (which(states[i]))
                return i;
        }
        return -1;
    }
}
