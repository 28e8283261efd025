using EdgeMas.Control.Envelope;
using EdgeMas.Control.Loop;
using EdgeMas.Core.Motion;
using EdgeMas.Simulation.Description;
using EdgeMas.Simulation.Rover;

namespace EdgeMas.Control.Tests.Drives;

/// <summary>A rover on whatever wheels.</summary>
internal sealed class WheeledRig : LoopRig
{
    internal WheeledRig(DriveKind kind, int seed = 1, Func<WorldDescription, WorldDescription>? change = null, Func<EnvelopeOptions, EnvelopeOptions>? limits = null)
        : base(change?.Invoke(Yard(kind, seed)) ?? Yard(kind, seed))
    {
        Body = new RecordingBody(new SimulatedBody(World, Clock));
        Limits = Fenced(new EnvelopeOptions { MaxWheelSpeed = 26, MaxWheelAcceleration = 60 });
        Limits = limits?.Invoke(Limits) ?? Limits;
        Loop = new ControlLoop(Body, Limits, new ControlOptions { StartPose = World.TruePose }, Clock);
        TakeLease("rig");
    }

    internal RecordingBody Body { get; }

    internal override EnvelopeOptions Limits { get; }

    internal override ControlLoop Loop { get; }

    internal static WorldDescription Yard(DriveKind kind, int seed = 1)
    {
        var yard = WorldDescription.Yard(seed);
        return yard with { Rover = yard.Rover with { Drive = kind } };
    }
}
