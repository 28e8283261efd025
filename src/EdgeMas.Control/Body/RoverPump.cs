using EdgeMas.Control.Drives;
using EdgeMas.Core.Motion;

namespace EdgeMas.Control.Body;

/// <summary>Gives a driving body to a core in another process.</summary>
public sealed class RoverPump : BodyPump<WheeledGeometry, WheelCommand, WheeledSensors>
{
    private readonly IWheeledBody _body;

    /// <summary>Takes the body's place in a region that is there already, or makes one.</summary>
    /// <param name="path">Of the region's file.</param>
    /// <param name="time">A clock that the core has too: the system's.</param>
    /// <exception cref="Sharing.RegionException">The file is no such region, or cannot be made.</exception>
    public RoverPump(string path, IWheeledBody body, TimeProvider time)
        : base(path, body.Geometry, time)
    {
        _body = body;
        Begin();
    }

    /// <inheritdoc cref="RoverPump(string, IWheeledBody, TimeProvider)"/>
    public RoverPump(string path, IDifferentialDrive body, TimeProvider time)
        : this(path, new DifferentialBody(body), time)
    {
    }

    private protected override void Brake() => _body.Brake();

    private protected override void Move(in WheelCommand command) => _body.TryDrive(command);

    private protected override bool TryRead(long timestamp, out WheeledSensors sensors)
    {
        var answers = _body.TryRead(out sensors);
        sensors = sensors with { Timestamp = timestamp };
        return answers;
    }
}
