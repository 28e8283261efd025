using EdgeMas.Core.Motion;

namespace EdgeMas.Control.Tests;

/// <summary>Passes everything through to a body and remembers what went to its wheels last.</summary>
internal sealed class RecordingDrive(IDifferentialDrive body) : IDifferentialDrive
{
    internal double Left { get; private set; }

    internal double Right { get; private set; }

    internal int Brakes { get; private set; }

    /// <summary>What the next read throws; null for nothing.</summary>
    internal Exception? Trouble { get; set; }

    internal bool RefusesToDrive { get; set; }

    public DifferentialDriveGeometry Geometry => body.Geometry;

    /// <summary>Amperes, as the body would measure them.</summary>
    internal double MotorCurrent { get; set; } = double.NaN;

    public bool TryRead(out DriveSensors sensors)
    {
        if (Trouble is not null)
            throw Trouble;
        var answers = body.TryRead(out sensors);
        sensors = sensors with { MotorCurrent = MotorCurrent };
        return answers;
    }

    public bool TryDrive(double left, double right)
    {
        if (RefusesToDrive)
            return false;
        (Left, Right) = (left, right);
        return body.TryDrive(left, right);
    }

    public void Brake()
    {
        (Left, Right) = (0, 0);
        Brakes++;
        body.Brake();
    }
}
