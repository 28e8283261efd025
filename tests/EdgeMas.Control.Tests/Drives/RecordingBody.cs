using EdgeMas.Core.Motion;

namespace EdgeMas.Control.Tests.Drives;

/// <summary>Passes everything through to a body and remembers what went to its actuators last.</summary>
internal sealed class RecordingBody(IWheeledBody body) : IWheeledBody
{
    internal WheelCommand Command { get; private set; }

    internal int Brakes { get; private set; }

    public WheeledGeometry Geometry => body.Geometry;

    public bool TryRead(out WheeledSensors sensors) => body.TryRead(out sensors);

    public bool TryDrive(in WheelCommand command)
    {
        Command = command;
        return body.TryDrive(command);
    }

    public void Brake()
    {
        Command = Command with { Speeds = default };
        Brakes++;
        body.Brake();
    }
}
