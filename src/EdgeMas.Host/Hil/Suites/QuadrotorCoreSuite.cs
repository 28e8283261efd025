using System.Globalization;
using EdgeMas.Control.Process;
using EdgeMas.Devices.Quadrotor;
using EdgeMas.Host.Configuration;
using EdgeMas.Simulation.Board;

namespace EdgeMas.Host.Hil.Suites;

/// <summary>The quadrotor of <c>configs/quadrotor-simboard.yaml</c>, its control loop in edgemas-control, and what becomes of it in the air when that or its host dies.</summary>
internal sealed class QuadrotorCoreSuite : HilSuite
{
    private readonly RobotConfiguration _configuration = ConfigurationReader.Read(BenchQuadrotor.ConfigurationFile());
    private HilBench? _bench;
    private BenchQuadrotor? _quadrotor;
    private HostProgram? _host;

    public override string Name => "quadrotor-core";

    public override string Description => "The quadrotor of chips with its loop in edgemas-control: that, and its host, killed in the air";

    public override double UsualSeconds => 16;

    public override IReadOnlyList<HilCase> Cases =>
    [
        new("killed with -9 in the air the core leaves the rotors cut, by the board alone, and is told and replaced by one that flies again", bench =>
        {
            StartHost();
            UntilFlying();
            var (core, hard) = (Host.Core, Quad.Truth.HardLandings);
            Quad.Wired.IsTelling = false;
            Host.Pause(); // which would replace the core, and that one cut
            ProcessSignals.Kill(core);
            UntilDown("core killed to rotors off", hard);
            Host.Continue();
            Host.UntilReplaced(bench, core);
            Quad.Wired.IsTelling = true;
        }),
        new("a host killed with -9 in the air leaves it to the core, which ends the flight", _ =>
        {
            UntilFlying();
            var (core, hard) = (Host.Core, Quad.Truth.HardLandings);
            Host.Kill();
            UntilDown("host killed to rotors off", hard);
            HilBench.True(!BoardProgram.IsGone(core), $"the core {core} lives on");
        }),
    ];

    public override IReadOnlyList<HilFault> Faults =>
    [
        HilFault.Chip("mpu6050", Wiring.Imu.Address, BusFault.Freeze), HilFault.StuckLine(Wiring.OutputEnableLine, high: false), new("rotor-dead", _ => Quad.Wired.Faults.DeadRotor = 1),
    ];

    private QuadrotorWiring Wiring => _configuration.QuadrotorBody!.Wiring;

    private BenchQuadrotor Quad => _quadrotor ?? throw new HilFailure("the quadrotor was not set up");

    private HostProgram Host => _host ?? throw new HilFailure("no host was started");

    private HilBench Bench => _bench ?? throw new HilFailure("the bench was not set up");

    public override void SetUp(HilBench bench)
    {
        _bench = bench;
        _quadrotor = new BenchQuadrotor(bench, _configuration, _configuration.Quadrotor!.Body with { GustSigmaMps = 0.3, WindXMps = 0.6, WindYMps = 0.3 });
    }

    public override void TearDown()
    {
        if (_host is not null)
            Quad.Wired.IsTelling = false;
        _host?.KillWithCore(Bench);
        _host = null;
        _quadrotor?.Dispose();
        _quadrotor = null;
    }

    private void Note(FormattableString figure) => Bench.Note(figure.ToString(CultureInfo.InvariantCulture));

    /// <summary>One that takes off whenever it can. A busy board leaves the inertial sensor unread for too long now and then, which cuts a flight: the host begins another.</summary>
    private void StartHost()
    {
        var file = HostProgram.CopyOf(BenchQuadrotor.ConfigurationFile(), "quadrotor", $"{{ mode: process, rate_hz: {_configuration.Control.RateHz}, priority: 0, heartbeat_ms: 500 }}");
        _host = HostProgram.Start(Bench, file, "/run/quadrotor");
        Quad.Wired.IsTelling = true; // a port that nobody reads would be full for good
        _host.Tell("move");
    }

    private void UntilFlying() => Bench.Until(
        () =>
        {
            Host.Check();
            return Quad.Truth.Position.Z > 0.2 && Quad.AreRotorsOn;
        }, () => $"it flies; in truth {Quad.Truth.Position.Z:F2} m high; the host tells {Host.State}, {Host.Cause}, stop {Host.Stop}, {string.Join("; ", Host.Troubles)}", Bench.HostPatience);

    private void UntilDown(string what, int hardLandings)
    {
        var began = Bench.Time.GetTimestamp();
        Bench.Until(() => Quad.AreRotorsOff, () => $"{what}; in truth {Quad.Truth.Position.Z:F2} m high", Bench.HostPatience);
        var seconds = Bench.Time.GetElapsedTime(began).TotalSeconds;
        Bench.Until(() => Quad.Truth.IsOnGround, () => $"it is down; in truth {Quad.Truth.Position.Z:F2} m high", Bench.HostPatience);
        Note($"{what}: {seconds:F2} s, {(Quad.Truth.HardLandings > hardLandings ? "fallen" : "landed softly")}");
    }
}
