using EdgeMas.Control.Body;
using EdgeMas.Core.Motion;

namespace EdgeMas.Control.Flight;

/// <summary>A quadrotor that another process moves.</summary>
internal sealed class SharedQuadrotor(string path, TimeProvider time) : SharedBody<QuadrotorGeometry, RotorSpeeds, QuadrotorSensors>(path, time), IQuadrotor
{
    public QuadrotorGeometry Geometry => Shape;

    public bool TrySpin(in RotorSpeeds speeds) => TryGive(speeds);

    public void Cut() => GiveBrake();

    private protected override long TimestampOf(in QuadrotorSensors sensors) => sensors.Timestamp;
}
