using EdgeMas.Control.Envelope;
using EdgeMas.Control.Loop;
using EdgeMas.Simulation.Description;
using EdgeMas.Simulation.Rover;

namespace EdgeMas.Control.Tests;

/// <summary>The rover on two wheels.</summary>
internal sealed class YardRig : LoopRig
{
    internal YardRig(WorldDescription? description = null, Func<EnvelopeOptions, EnvelopeOptions>? limits = null, Func<ControlOptions, ControlOptions>? options = null)
        : base(description ?? WorldDescription.Yard())
    {
        Body = new RecordingDrive(new SimulatedRover(World, Clock));
        Limits = Fenced(new EnvelopeOptions());
        Limits = limits?.Invoke(Limits) ?? Limits;
        var drive = new ControlOptions { StartPose = World.TruePose };
        Loop = new ControlLoop(Body, Limits, options?.Invoke(drive) ?? drive, Clock);
        TakeLease("rig");
    }

    internal RecordingDrive Body { get; }

    internal override EnvelopeOptions Limits { get; }

    internal override ControlLoop Loop { get; }

    internal static double Degrees(double radians) => radians * 180 / Math.PI;
}
