using EdgeMas.Control.Flight;
using EdgeMas.Control.Process;
using EdgeMas.Control.Vehicles;
using EdgeMas.Simulation.Clock;
using EdgeMas.Simulation.Flight;

namespace EdgeMas.Control.Tests.Process;

/// <summary>A quadrotor in its air.</summary>
internal sealed class QuadrotorCoreRig : ProcessRig
{
    /// <summary>Metres a second down, above which touching the ground is a fall.</summary>
    private const double Hard = 1.5;

    private readonly VirtualClock _clock = new();
    private double _hardest;

    private QuadrotorCoreRig(TimeSpan hostPatience, TimeSpan safeHover)
    {
        World = new QuadrotorWorld(new QuadrotorDescription { StartXM = 10, StartYM = 10 });
        var limits = new FlightLimits
        {
            Vehicle = new VehicleLimits { HostPatience = hostPatience, ReadingPatience = TimeSpan.FromSeconds(1), BodyPatience = TimeSpan.FromSeconds(2) },
        };
        Settings = new CoreSettings { RateHz = 250, Quadrotor = new QuadrotorSettings(limits, new FlightOptions { SafeHover = safeHover }) };
    }

    internal QuadrotorWorld World { get; }

    /// <summary>Whether it has come down no faster than it should.</summary>
    internal bool HasFallen => Volatile.Read(ref _hardest) > Hard;

    internal double HardestTouch => Volatile.Read(ref _hardest);

    /// <param name="hostPatience">100 ms where none is given; longer where a host that this machine starves shall not count as silent.</param>
    /// <param name="safeHover">Half a second where none is given.</param>
    internal static async Task<QuadrotorCoreRig> StartAsync(TimeSpan? hostPatience = null, TimeSpan? safeHover = null)
    {
        var rig = new QuadrotorCoreRig(hostPatience ?? TimeSpan.FromMilliseconds(100), safeHover ?? TimeSpan.FromSeconds(0.5));
        await rig.BeginAsync(rig.Step, rig._clock, new QuadrotorPump(rig.BodyPath, new SimulatedQuadrotor(rig.World, rig._clock), TimeProvider.System), TimeSpan.FromMilliseconds(4));
        return rig;
    }

    internal VehicleDesk<FlightGoal, FlightState> Attach() => FlightDesk.Attach(RegionPath, Settings);

    internal Task FliesAsync() => UntilAsync(() => World.Truth is var now && !now.IsOnGround && now.Position.Z > 1 && now.Velocity.HorizontalLength > 0.5, "the quadrotor flies");

    internal Task LandsAsync(CoreSight sight) =>
        UntilAsync(() => World.Truth.IsOnGround && sight.Read<VehicleSnapshot<FlightState>>().Body.Mode == FlightMode.Off, "the quadrotor has landed, its rotors off");

    private void Step(TimeSpan step)
    {
        var before = World.Truth;
        World.Step(step);
        if (!before.IsOnGround && World.Truth.IsOnGround)
            Volatile.Write(ref _hardest, Math.Max(_hardest, -before.Velocity.Z));
    }
}
