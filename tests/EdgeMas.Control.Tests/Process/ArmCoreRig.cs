using EdgeMas.Control.Arm;
using EdgeMas.Control.Process;
using EdgeMas.Control.Tests.Arm;
using EdgeMas.Control.Vehicles;
using EdgeMas.Simulation.Arm;
using EdgeMas.Simulation.Clock;

namespace EdgeMas.Control.Tests.Process;

/// <summary>An arm of servos.</summary>
internal sealed class ArmCoreRig : ProcessRig
{
    private readonly VirtualClock _clock = new();

    private ArmCoreRig(TimeSpan hostPatience)
    {
        var limits = ArmRig.FourJoints with
        {
            Vehicle = new VehicleLimits { HostPatience = hostPatience, ReadingPatience = TimeSpan.FromSeconds(1), BodyPatience = TimeSpan.FromSeconds(2) },
        };
        World = new ArmWorld([.. limits.Joints.Select((_, i) => new ServoDescription(i == 0 ? 0 : i == 1 ? 60 : -60))]);
        Settings = new CoreSettings { RateHz = 200, Arm = limits };
    }

    internal ArmWorld World { get; }

    /// <param name="hostPatience">100 ms where none is given; longer where a host that this machine starves shall not count as silent.</param>
    internal static async Task<ArmCoreRig> StartAsync(TimeSpan? hostPatience = null)
    {
        var rig = new ArmCoreRig(hostPatience ?? TimeSpan.FromMilliseconds(100));
        await rig.BeginAsync(rig.World.Step, rig._clock, new ArmPump(rig.BodyPath, new SimulatedArm(rig.World, rig._clock), TimeProvider.System), TimeSpan.FromMilliseconds(5));
        return rig;
    }

    internal VehicleDesk<ArmGoal, ArmState> Attach() => ArmDesk.Attach(RegionPath, Settings);

    internal async Task MovesAsync()
    {
        var from = World.TrueAngles;
        await UntilAsync(() => Math.Abs(World.TrueAngles[0] - from[0]) > 0.2, "the arm moves");
    }

    /// <summary>For half a second.</summary>
    internal async Task StandsAsync()
    {
        var (from, since) = (World.TrueAngles, TimeProvider.System.GetTimestamp());
        await UntilAsync(
            () =>
            {
                var now = World.TrueAngles;
                for (var i = 0; i < World.JointCount; i++)
                {
                    if (Math.Abs(now[i] - from[i]) > 0.005)
                        (from, since) = (now, TimeProvider.System.GetTimestamp());
                }
                return TimeProvider.System.GetElapsedTime(since) > TimeSpan.FromSeconds(0.5);
            },
            "the arm stands");
    }
}
