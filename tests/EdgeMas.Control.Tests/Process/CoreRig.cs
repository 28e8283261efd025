using EdgeMas.Control.Body;
using EdgeMas.Control.Desk;
using EdgeMas.Control.Envelope;
using EdgeMas.Control.Loop;
using EdgeMas.Control.Process;
using EdgeMas.Core.Motion;
using EdgeMas.Simulation.Clock;
using EdgeMas.Simulation.Description;
using EdgeMas.Simulation.Rover;
using EdgeMas.Simulation.Running;
using EdgeMas.Simulation.World;

namespace EdgeMas.Control.Tests.Process;

/// <summary>A rover in its yard.</summary>
internal sealed class CoreRig : ProcessRig
{
    private readonly VirtualClock _clock = new();

    private CoreRig(TimeSpan hostPatience, DriveKind drive)
    {
        var yard = WorldDescription.Yard() with { Geofence = [] };
        World = new YardWorld(yard with { Rover = yard.Rover with { Drive = drive } });
        Body = new RoverPump(BodyPath, new SimulatedBody(World, _clock), TimeProvider.System);
        Settings = new CoreSettings
        {
            RateHz = 200,
            Envelope = new EnvelopeOptions { HostPatience = hostPatience, ReadingPatience = TimeSpan.FromSeconds(1), BodyPatience = TimeSpan.FromSeconds(2) },
            Control = new ControlOptions { StartPose = World.TruePose, CalibrationTicks = 10 },
        };
    }

    internal YardWorld World { get; }

    internal RoverPump Body { get; }

    /// <param name="hostPatience">100 ms where none is given; longer where a host that this machine starves shall not count as silent.</param>
    internal static async Task<CoreRig> StartAsync(TimeSpan? hostPatience = null, DriveKind drive = DriveKind.Differential)
    {
        var rig = new CoreRig(hostPatience ?? TimeSpan.FromMilliseconds(100), drive);
        await rig.BeginAsync(rig.World.Step, rig._clock, rig.Body, new SimulationOptions().Step);
        return rig;
    }

    internal Task DrivesAsync() => UntilAsync(() => Math.Abs(World.State.Speed) > 0.2, "the rover drives");

    /// <summary>Wheels that are held at 0, not braked, come to rest by halves: never quite.</summary>
    internal Task StandsAsync() => UntilAsync(() => World.State is { Speed: 0, LeftWheelSpeed: > -1e-6 and < 1e-6, RightWheelSpeed: > -1e-6 and < 1e-6 }, "the rover stands");

    internal MotionDesk Attach() => MotionDesk.Attach(RegionPath, Settings);
}
