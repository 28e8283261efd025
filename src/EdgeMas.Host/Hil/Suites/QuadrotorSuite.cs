using System.Globalization;
using EdgeMas.Control.Flight;
using EdgeMas.Control.Loop;
using EdgeMas.Control.Vehicles;
using EdgeMas.Core.Motion;
using EdgeMas.Host.Configuration;

namespace EdgeMas.Host.Hil.Suites;

/// <summary>The quadrotor of <c>configs/quadrotor-simboard.yaml</c>, flown by the control loop through the kernel in a simulated air at the other end.</summary>
internal sealed class QuadrotorSuite : HilSuite
{
    private const double Degree = Math.PI / 180;
    private const double Low = 0.45;
    private const double High = 0.8;

    private readonly RobotConfiguration _configuration = ConfigurationReader.Read(BenchQuadrotor.ConfigurationFile());
    private HilBench? _bench;
    private BenchQuadrotor? _quadrotor;

    public override string Name => "quadrotor";

    public override string Description => "A quadrotor of chips that flies in a simulated air, its loop closed through the kernel: take-off, hover, flight, landing, stops, sensors and rotors that fail";

    public override double UsualSeconds => 25;

    public override IReadOnlyList<HilCase> Cases =>
    [
        new("it takes off when all of its parts are there, and holds its height and its place", _ =>
        {
            Quad.PowerOn();
            Quad.UntilReady();
            ExpectDone(Quad.Finish(FlightGoal.TakeOff(High)));
            Quad.GoOn(TimeSpan.FromSeconds(1.5));
            Note($"in truth {Quad.Truth.Position.Z:F2} m high, {(Quad.Truth.Position - Start).HorizontalLength:F2} m from the start");
            HilBench.Near(High, Quad.Truth.Position.Z, 0.15, "metres above the ground");
        }),
        new("it flies to a point", _ =>
        {
            Quad.BeginWatch();
            var place = Start + new Vector3D(1.5, -0.8, High);
            ExpectDone(Quad.Finish(FlightGoal.FlyTo(place)));
            Quad.GoOn(TimeSpan.FromSeconds(0.5));
            Note($"in truth {(Quad.Truth.Position - place).Length:F2} m from it; tilt {Quad.MostTilt / Degree:F1} degrees");
        }),
        new("it lands", _ =>
        {
            ExpectDone(Quad.Finish(FlightGoal.Land()));
            HilBench.True(Quad.Truth.IsOnGround, "on the ground");
        }),
    ];

    public override IReadOnlyList<HilFault> Faults => [];

    private static Vector3D Start => new(4, 8, 0);

    private BenchQuadrotor Quad => _quadrotor ?? throw new HilFailure("the quadrotor was not set up");

    private HilBench Bench => _bench ?? throw new HilFailure("the bench was not set up");

    public override void SetUp(HilBench bench)
    {
        _bench = bench;
        _quadrotor = new BenchQuadrotor(bench, _configuration, _configuration.Quadrotor!.Body with { GustSigmaMps = 0.3, WindXMps = 0.6, WindYMps = 0.3 });
    }

    public override void TearDown()
    {
        _quadrotor?.Dispose();
        _quadrotor = null;
    }

    private void ExpectDone(in VehicleSnapshot<FlightState> end) =>
        HilBench.True(end.State == MotionState.Done, $"the flight is done: {Quad.Describe()}");

    private void Note(FormattableString figure) => Bench.Note(figure.ToString(CultureInfo.InvariantCulture));
}
