using EdgeMas.Control.Flight;
using EdgeMas.Control.Process;
using EdgeMas.Control.Vehicles;
using EdgeMas.Simulation.Clock;
using EdgeMas.Simulation.Flight;

namespace EdgeMas.Control.Tests.Process;

/// <summary>A quadrotor in its air.</summary>
internal sealed class QuadrotorCoreRig : ProcessRig
{
    private readonly VirtualClock _clock = new();

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

    /// <param name="hostPatience">100 ms where none is given; longer where a host that this machine starves shall not count as silent.</param>
    /// <param name="safeHover">Half a second where none is given.</param>
    internal static async Task<QuadrotorCoreRig> StartAsync(TimeSpan? hostPatience = null, TimeSpan? safeHover = null)
    {
        var rig = new QuadrotorCoreRig(hostPatience ?? TimeSpan.FromMilliseconds(100), safeHover ?? TimeSpan.FromSeconds(0.5));
        await rig.BeginAsync(rig.World.Step, rig._clock, new QuadrotorPump(rig.BodyPath, new SimulatedQuadrotor(rig.World, rig._clock), TimeProvider.System), TimeSpan.FromMilliseconds(4));
        return rig;
    }

    internal VehicleDesk<FlightGoal, FlightState> Attach() => FlightDesk.Attach(RegionPath, Settings);

    internal Task FliesAsync() => UntilAsync(() => World.Truth is var now && !now.IsOnGround && now.Position.Z > 1 && now.Velocity.HorizontalLength > 0.5, "the quadrotor flies");

    internal Task LandsAsync(CoreSight sight) =>
        UntilAsync(() => World.Truth.IsOnGround && sight.Read<VehicleSnapshot<FlightState>>().Body.Mode == FlightMode.Off, "the quadrotor has landed, its rotors off");
}
