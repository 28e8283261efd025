using EdgeMas.Control.Body;
using EdgeMas.Core.Motion;

namespace EdgeMas.Control.Flight;

/// <summary>Gives a quadrotor to a core in another process. What is called brakes there cuts its rotors.</summary>
public sealed class QuadrotorPump : BodyPump<QuadrotorGeometry, RotorSpeeds, QuadrotorSensors>
{
    private readonly IQuadrotor _body;

    /// <summary>Takes the body's place in a region that is there already, or makes one.</summary>
    /// <param name="path">Of the region's file.</param>
    /// <param name="time">A clock that the core has too: the system's.</param>
    /// <exception cref="Sharing.RegionException">The file is no such region, or cannot be made.</exception>
    public QuadrotorPump(string path, IQuadrotor body, TimeProvider time)
        : base(path, body.Geometry, time)
    {
        _body = body;
        Begin();
    }

    private protected override void Brake() => _body.Cut();

    private protected override void Move(in RotorSpeeds command) => _body.TrySpin(command);

    private protected override bool TryRead(long timestamp, out QuadrotorSensors sensors)
    {
        var answers = _body.TryRead(out sensors);
        sensors = sensors with { Timestamp = timestamp };
        return answers;
    }
}
