using EdgeMas.Core.Motion;

namespace EdgeMas.Control.Body;

/// <summary>A driving body that another process moves. One that begins anew goes on where it was: its angles stay continuous.</summary>
internal sealed class SharedRover(string path, TimeProvider time) : SharedBody<WheeledGeometry, WheelCommand, WheeledSensors>(path, time), IWheeledBody
{
    private WheelSet _offset;

    public WheeledGeometry Geometry => Shape;

    public bool TryDrive(in WheelCommand command) => TryGive(command);

    public void Brake() => GiveBrake();

    private protected override long TimestampOf(in WheeledSensors sensors) => sensors.Timestamp;

    private protected override void BeginAnew(in WheeledSensors read, in WheeledSensors last) => _offset = last.Angles - read.Angles;

    private protected override WheeledSensors Continue(in WheeledSensors read) => read with { Angles = read.Angles + _offset };
}
