using System.Globalization;
using EdgeMas.Control.Flight;
using EdgeMas.Control.Loop;
using EdgeMas.Control.Stopping;
using EdgeMas.Control.Vehicles;
using EdgeMas.Core.Motion;
using EdgeMas.Devices.Quadrotor;
using EdgeMas.Host.Configuration;
using EdgeMas.Simulation.Board;

namespace EdgeMas.Host.Hil.Suites;

/// <summary>The quadrotor of <c>configs/quadrotor-simboard.yaml</c>, flown by the control loop through the kernel in a simulated air at the other end.</summary>
internal sealed class QuadrotorSuite : HilSuite
{
    private const double Degree = Math.PI / 180;
    private const double Low = 0.4;
    private const double High = 0.5;
    private const int StopTrials = 3;

    /// <summary>The first time that one thread waits for another makes the lock's event; each tick of thousands would be far more.</summary>
    private const long MostAllocatedBytes = 1024;

    /// <summary>Seconds: readings that are old, a body that is silent, and what the bus takes.</summary>
    private const double BlindLimit = 0.3;

    /// <summary>A step of the chip, twice.</summary>
    private const double PulseSlack = 1.3e-6;

    private static readonly TimeSpan StopLatency = TimeSpan.FromMilliseconds(15);

    private readonly RobotConfiguration _configuration = Hastened(ConfigurationReader.Read(BenchQuadrotor.ConfigurationFile()));
    private HilBench? _bench;
    private BenchQuadrotor? _quadrotor;
    private (int Address, BusFault Fault) _broken;

    public override string Name => "quadrotor";

    public override string Description => "A quadrotor of chips that flies in a simulated air, its loop closed through the kernel: take-off, hover, flight, landing, stops, sensors and rotors that fail";

    public override double UsualSeconds => 26;

    public override IReadOnlyList<HilCase> Cases =>
    [
        new("without one of its sensors it takes no order, turns nothing and says why", bench =>
        {
            bench.Board.Chips.Break(Wiring.Height.Address, BusFault.Silent);
            Quad.PowerOn();
            ExpectTrouble("range finder", "no chip answers");
            Quad.Until(() => !Quad.Mount.Troubles.Any(trouble => trouble.StartsWith("navigation", StringComparison.Ordinal)), "it knows where it is");
            var end = Quad.Finish(FlightGoal.TakeOff(Low));
            HilBench.Equal((MotionState.Faulted, MotionCause.Body), (end.State, end.Cause), "end of a take-off");
            HilBench.True(Quad.AreRotorsOff, "no rotor turns");
            Mend(Wiring.Height.Address);
        }),
        new("it takes off, and holds its height and its place in the wind", _ =>
        {
            Quad.UntilReady();
            ExpectDone(Quad.Finish(FlightGoal.TakeOff(High)));
            Quad.GoOn(TimeSpan.FromSeconds(1));
            Note($"in truth {Quad.Truth.Position.Z:F2} m high, {(Quad.Truth.Position - Start).HorizontalLength:F2} m from the start");
            HilBench.Near(High, Quad.Truth.Position.Z, 0.15, "metres above the ground, in truth");
            HilBench.Near(0, (Quad.Truth.Position - Start).HorizontalLength, 0.5, "metres from the start, in truth");
        }),
        new("it flies to a point within its limits of tilt and speed", _ =>
        {
            Quad.BeginWatch();
            var place = Start + new Vector3D(1, -0.6, High);
            ExpectDone(Quad.Finish(FlightGoal.FlyTo(place)));
            Note($"in truth {(Quad.Truth.Position - place).Length:F2} m from it; tilt {Quad.MostTilt / Degree:F1} degrees, {Quad.MostSpeed:F2} m/s");
            HilBench.Near(0, (Quad.Truth.Position - place).Length, 0.6, "metres from the point, in truth");
            HilBench.True(Quad.MostTilt < Quad.Limits.MaxTilt + (6 * Degree), $"tilted by {Quad.MostTilt / Degree:F1} degrees");
            HilBench.True(Quad.MostSpeed < Quad.Limits.MaxSpeed + 0.3, $"{Quad.MostSpeed:F2} m/s");
        }),
        new("an owner who falls silent leaves it holding where it is, and then it lands", _ =>
        {
            Quad.Until(() => Quad.Mode == FlightMode.Waiting, "it waits", feeds: false);
            var (began, at) = (Quad.Wired.Clock.GetTimestamp(), Quad.Truth.Position);
            Quad.Until(() => Quad.Mode == FlightMode.Landing, "it lands", feeds: false);
            HilBench.True(Quad.Wired.Clock.GetElapsedTime(began) > 0.9 * _configuration.Quadrotor!.Options.SafeHover, "it held for a while");
            HilBench.Near(0, (Quad.Truth.Position - at).Length, 0.6, "metres that it went meanwhile");
            HilBench.True(Quad.Snapshot.Forbidden is MotionCause.Watchdog, $"why it lands: {Quad.Describe()}");
            Quad.Until(() => Quad.Mode == FlightMode.Off, "it has landed", feeds: false);
            ExpectDown();
        }),
        new("it lands where it is told to", _ =>
        {
            LiftOff();
            ExpectDone(Quad.Finish(FlightGoal.Land()));
            ExpectDown();
        }),
        new("an emergency stop by hand cuts the rotors within 15 ms and latches", _ => MeasureStops(() => Quad.Loop.Desk.EmergencyStop.Engage(EStopReason.Operator), EStopReason.Operator)),
        new("the stop button's edge cuts the rotors within 15 ms and latches", _ => MeasureStops(() => Quad.Wired.PressStop(true), EStopReason.Line)),
        new("an inertial sensor that does not acknowledge, freezes or hangs cuts the rotors, and has to stand still afterwards", bench =>
        {
            foreach (var fault in new[] { BusFault.Silent, BusFault.Freeze, BusFault.Hang })
            {
                LiftOff();
                bench.Board.Chips.Break(Wiring.Imu.Address, fault);
                var began = Quad.Wired.Clock.GetTimestamp();
                Quad.Until(() => Quad.AreRotorsOff, $"the rotors are cut ({fault})");
                var seconds = Quad.Wired.Clock.GetElapsedTime(began).TotalSeconds;
                Note($"{fault}: {seconds * 1000:F0} ms");
                HilBench.True(bench.IsBusy || seconds < BlindLimit, $"{fault}: cut after {seconds:F3} s");
                Quad.Until(() => !Quad.Snapshot.IsMoving, "the flight is over");
                HilBench.Equal((MotionState.Faulted, MotionCause.Body), (Quad.Snapshot.State, Quad.Snapshot.Cause), "end of the flight");
                Mend(Wiring.Imu.Address);
            }
        }),
        new("a receiver that falls silent in the air makes it land, by its other sensors", _ =>
        {
            LiftOff();
            Quad.Wired.IsTelling = false;
            ExpectLanding("GNSS receiver", "it knows no position");
        }),
        new("a range finder that fails in the air makes it land, by its other sensors", bench =>
        {
            LiftOff();
            bench.Board.Chips.Break(Wiring.Height.Address, BusFault.Silent);
            ExpectLanding("range finder", "no chip answers");
            Mend(Wiring.Height.Address);
        }),
        new("ticks of the control loop allocate nothing", _ =>
        {
            HilBench.True(Quad.Snapshot.Tick > 500, "it ticked");
            Note($"{Quad.Thread.AllocatedBytes} bytes in {Quad.Snapshot.Tick} ticks");
            HilBench.True(Quad.Thread.AllocatedBytes < MostAllocatedBytes, $"{Quad.Thread.AllocatedBytes} bytes allocated by the control loop");
        }),
        new("a chip of the speed controllers that fails in the air is cut at its OE", bench =>
        {
            LiftOff();
            bench.Board.Chips.Break(Wiring.Rotors.Address, BusFault.Silent);
            var began = Quad.Wired.Clock.GetTimestamp();
            Quad.Until(() => !Quad.Wired.IsEnabled, "OE is high");
            var seconds = Quad.Wired.Clock.GetElapsedTime(began).TotalSeconds;
            Note($"{seconds * 1000:F0} ms");
            HilBench.True(bench.IsBusy || seconds < BlindLimit, $"cut after {seconds:F3} s");
            ExpectTrouble("speed controllers", "no chip answers");
            Mend(Wiring.Rotors.Address);
        }),
        new("the end of the program ends the pulses, and none ever left its range", _ =>
        {
            Quad.UntilReady();
            Quad.PowerOff();
            HilBench.True(!Quad.Wired.IsEnabled, "OE is high");
            var (least, most) = (Wiring.Rotors.ShortestPulse.TotalSeconds - PulseSlack, Wiring.Rotors.LongestPulse.TotalSeconds + PulseSlack);
            for (var channel = 0; channel < 16; channel++)
            {
                var pulses = Quad.Wired.Chip.Pulses.Of(channel);
                HilBench.Equal(0.0, pulses.Count == 0 ? 0 : pulses[^1].Seconds, $"pulse of channel {channel} at the end");
                var isRotor = channel >= Math.Min(Wiring.Rotors.FrontLeft, Wiring.Rotors.BackLeft) && channel - 4 < Math.Min(Wiring.Rotors.FrontLeft, Wiring.Rotors.BackLeft);
                foreach (var pulse in pulses)
                    HilBench.True(pulse.Seconds == 0 || (isRotor && pulse.Seconds >= least && pulse.Seconds <= most), FormattableString.Invariant($"channel {channel} gave {pulse.Seconds * 1e6:F1} us"));
            }
        }),
    ];

    public override IReadOnlyList<HilFault> Faults =>
    [
        Later("pca9685", Wiring.Rotors.Address, BusFault.Silent), Later("pca9685", Wiring.Rotors.Address, BusFault.Hang), Later("pca9685", Wiring.Rotors.Address, BusFault.Deaf),
        Later("pca9685", Wiring.Rotors.Address, BusFault.Noise), Later("pca9685", Wiring.Rotors.Address, BusFault.Freeze),
        Later("mpu6050", Wiring.Imu.Address, BusFault.Silent), Later("mpu6050", Wiring.Imu.Address, BusFault.Hang), Later("mpu6050", Wiring.Imu.Address, BusFault.Deaf),
        Later("mpu6050", Wiring.Imu.Address, BusFault.Noise), Later("mpu6050", Wiring.Imu.Address, BusFault.Freeze),
        Later("vl53l0x", Wiring.Height.Address, BusFault.Silent), Later("vl53l0x", Wiring.Height.Address, BusFault.Freeze), Later("ina219", Wiring.Battery!.Address, BusFault.Silent),
        HilFault.StuckLine(Wiring.OutputEnableLine, high: true), HilFault.StuckLine(Wiring.OutputEnableLine, high: false), HilFault.StuckLine(Wiring.StopLine!.Line, high: false),
        new("rotor-plugs-crossed", _ => Quad.Wired.Chip.Faults.Crossed = Wiring.Rotors.FrontLeft), new("rotor-wire-cut", _ => Quad.Wired.Chip.Faults.Cut = Wiring.Rotors.BackLeft),
        new("rotor-dead", _ => Quad.Wired.Faults.DeadRotor = 1), new("gyroscope-upside-down", _ => Quad.Wired.Faults.GyroscopeUpsideDown = true),
        new("oscillator-8-percent-fast", _ => Quad.Wired.Chip.Faults.ClockShare = 1.08), new("all-off-ignored", _ => Quad.Wired.Chip.Faults.AllOffIgnored = true),
        new("gnss-silent", _ => Quad.Wired.Faults.SatellitesSilent = true), new("gnss-east-and-north-exchanged", _ => Quad.Wired.Faults.SatellitesElsewhere = true),
        new("battery-empty", _ => Quad.Wired.Faults.BatteryVolts = 13.3),
    ];

    private static Vector3D Start => new(4, 8, 0);

    private QuadrotorWiring Wiring => _configuration.QuadrotorBody!.Wiring;

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

    /// <summary>A quadrotor as it is shipped, but for its patience with its owner.</summary>
    private static RobotConfiguration Hastened(RobotConfiguration shipped)
    {
        var quadrotor = shipped.Quadrotor ?? throw new HilFailure($"{shipped.File} has no quadrotor");
        var vehicle = quadrotor.Limits.Vehicle with { WatchdogPatience = TimeSpan.FromMilliseconds(300) };
        return shipped with { Quadrotor = quadrotor with { Limits = quadrotor.Limits with { Vehicle = vehicle }, Options = quadrotor.Options with { SafeHover = TimeSpan.FromMilliseconds(400) } } };
    }

    /// <summary>A fault that a chip has again when a case mends its own.</summary>
    private HilFault Later(string chip, int address, BusFault fault) => new($"{chip}-{fault.ToString().ToLowerInvariant()}", bench =>
    {
        _broken = (address, fault);
        bench.Board.Chips.Break(address, fault);
    });

    /// <summary>As it was before a case broke it.</summary>
    private void Mend(int address) => Bench.Board.Chips.Break(address, _broken.Address == address ? _broken.Fault : BusFault.None);

    private void Note(FormattableString figure) => Bench.Note(figure.ToString(CultureInfo.InvariantCulture));

    /// <summary>It has just left the ground.</summary>
    private void LiftOff()
    {
        Quad.UntilReady();
        Quad.Begin(FlightGoal.TakeOff(Low));
        Quad.Until(() => Quad.Truth.Position.Z > 0.1, "it lifts off");
    }

    private void ExpectDone(in VehicleSnapshot<FlightState> end)
    {
        if (end.State != MotionState.Done)
            throw new HilFailure($"the flight is not done: {Quad.Describe()}");
    }

    private void ExpectDown()
    {
        HilBench.True(Quad.Truth.IsOnGround, $"it stands on the ground: {Quad.Describe()}");
        HilBench.Equal(0, Quad.Truth.HardLandings, "hard landings");
        HilBench.True(Quad.AreRotorsOff, "the rotors are off");
    }

    private void ExpectTrouble(string part, string words) => Quad.Until(
        () => Quad.Mount.Troubles.Any(trouble => trouble.StartsWith(part, StringComparison.Ordinal) && trouble.Contains(words, StringComparison.Ordinal)), $"a trouble of the {part} with '{words}' is told");

    private void ExpectLanding(string part, string words)
    {
        var (at, hard) = (Quad.Truth.Position, Quad.Truth.HardLandings);
        Quad.Until(() => Quad.Mode == FlightMode.Landing, "it lands");
        HilBench.Equal(MotionCause.Body, Quad.Snapshot.Forbidden, "why it lands");
        ExpectTrouble(part, words);
        Quad.Until(() => Quad.Mode == FlightMode.Off, "it has landed");
        Note($"{(Quad.Truth.Position - at).HorizontalLength:F2} m drift");
        HilBench.True(Quad.Truth.IsOnGround, $"it stands on the ground: {Quad.Describe()}");
        HilBench.Equal(hard, Quad.Truth.HardLandings, "hard landings");
    }

    private void MeasureStops(Action stop, EStopReason reason)
    {
        var milliseconds = new List<double>();
        for (var i = 0; i < StopTrials; i++)
        {
            Quad.UntilReady();
            Quad.Begin(FlightGoal.TakeOff(Low));
            Quad.Until(() => Quad.AreRotorsOn, "the rotors turn");
            var engaged = Bench.Time.GetTimestamp();
            stop();
            Bench.Until(() => Quad.AreRotorsOff, "the rotors are cut");
            milliseconds.Add(Bench.Time.GetElapsedTime(engaged).TotalMilliseconds);
            Quad.Until(() => Quad.Snapshot is { EStop: true, State: MotionState.EStopped } && Quad.Truth.IsOnGround, "the stop is latched");
            HilBench.Equal(reason, Quad.Loop.Desk.EmergencyStop.Reason, "who stopped it");
            Quad.Wired.PressStop(false);
            Quad.Until(() => !Quad.Mount.IsStopHeld, "the button is let go");
            var end = Quad.Finish(FlightGoal.TakeOff(Low));
            HilBench.True(end.State is MotionState.EStopped or MotionState.Faulted && Quad.AreRotorsOff, $"nothing turns while the stop is latched: {Quad.Describe()}");
            Quad.Loop.Desk.EmergencyStop.Release();
            Quad.Until(() => !Quad.Snapshot.EStop, "released");
        }
        Note($"stop to rotors cut, {StopTrials} times: most {milliseconds.Max():F2} ms");
        Bench.InTime(milliseconds, StopLatency, "stop to rotors cut");
    }
}
