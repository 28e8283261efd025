using EdgeMas.Devices.Chips.Encoder;

namespace EdgeMas.Host.Hil.Suites;

/// <summary>A wheel's encoder on two pins: its edges come through the kernel.</summary>
internal sealed class EncoderSuite : HilSuite
{
    private const int A = 20;
    private const int B = 21;
    private const int CountsPerTurn = 40;

    private static readonly (bool A, bool B)[] Turn = [(false, false), (true, false), (true, true), (false, true)];

    private QuadratureEncoder? _encoder;
    private int _position;
    private (bool A, bool B) _levels;

    public override string Name => "encoder";

    public override string Description => "Quadrature encoder on pins: angle both ways, speed, standing still, edges lost and known";

    public override IReadOnlyList<HilCase> Cases =>
    [
        new("one turn forward and half a turn back", bench =>
        {
            _encoder = new QuadratureEncoder(bench.Board.Gpio.Path, A, B, CountsPerTurn, reversed: false, bench.Time);
            Step(bench, CountsPerTurn);
            HilBench.Near(2 * Math.PI, Angle(), 1e-9, "angle in rad");
            Step(bench, -CountsPerTurn / 2);
            HilBench.Near(Math.PI, Angle(), 1e-9, "angle in rad");
            HilBench.Equal(0L, Encoder.Errors, "errors");
        }),
        new("the speed is that of the edges' own times", bench =>
        {
            Angle();
            Step(bench, 1); // the speed counts from the last edge before
            Encoder.Update();
            var started = bench.Time.GetTimestamp();
            Step(bench, 20);
            var seconds = bench.Time.GetElapsedTime(started).TotalSeconds;
            Encoder.Update();
            HilBench.Near(20.0 / CountsPerTurn * 2 * Math.PI / seconds, Encoder.RadiansPerSecond, 0.2 * Encoder.RadiansPerSecond, "rad/s");
        }),
        new("a wheel that stands has no speed", bench => bench.Until(
            () =>
            {
                Encoder.Update();
                return Encoder.RadiansPerSecond == 0;
            },
            "standing")),
        new("edges that nobody takes in time are known to be lost, and counting goes on", bench =>
        {
            Angle();
            Step(bench, 1200); // the kernel keeps 1024
            Encoder.Update();
            HilBench.True(Encoder.Errors is >= 176 and < 400, $"lost edges are counted: {Encoder.Errors} of 176");
            var before = Encoder.AngleRadians;
            Step(bench, 8);
            HilBench.Near(8.0 / CountsPerTurn * 2 * Math.PI, Angle() - before, 1e-9, "angle in rad");
        }),
    ];

    public override IReadOnlyList<HilFault> Faults => [HilFault.StuckLine(A, high: false), HilFault.StuckLine(B, high: true)];

    private QuadratureEncoder Encoder => _encoder ?? throw new HilFailure("the encoder was not set up");

    public override void SetUp(HilBench bench)
    {
        bench.Drive(A, false);
        bench.Drive(B, false);
    }

    public override void TearDown() => _encoder?.Dispose();

    private double Angle()
    {
        Encoder.Update();
        return Encoder.AngleRadians;
    }

    /// <summary>Turns the wheel, a quarter of a pulse every millisecond: closer edges merge in gpio-sim.</summary>
    private void Step(HilBench bench, int quarters)
    {
        for (var i = 0; i < Math.Abs(quarters); i++)
        {
            _position += Math.Sign(quarters);
            var next = Turn[((_position % 4) + 4) % 4];
            if (next.A != _levels.A)
                bench.Drive(A, next.A);
            if (next.B != _levels.B)
                bench.Drive(B, next.B);
            _levels = next;
            HilBench.Pause(TimeSpan.FromMilliseconds(1));
        }
    }
}
