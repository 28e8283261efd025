using EdgeMas.Core.Motion;

namespace EdgeMas.Control.Drives;

/// <summary>A body on two wheels as one on wheels of any kind.</summary>
internal sealed class DifferentialBody(IDifferentialDrive drive) : IWheeledBody, IDisposable
{
    public WheeledGeometry Geometry { get; } = new(DriveKind.Differential, drive.Geometry.WheelRadius, drive.Geometry.TrackWidth);

    public bool TryRead(out WheeledSensors sensors)
    {
        var answers = drive.TryRead(out var read);
        sensors = Widen(read);
        return answers;
    }

    public bool TryDrive(in WheelCommand command) => drive.TryDrive(command.Speeds.FrontLeft, command.Speeds.FrontRight);

    public void Brake() => drive.Brake();

    /// <summary>The body goes with it where it can.</summary>
    public void Dispose() => (drive as IDisposable)?.Dispose();

    internal static WheeledSensors Widen(in DriveSensors read) => new(
        read.Timestamp, new WheelSet(read.LeftWheelAngle, read.RightWheelAngle, 0, 0), double.NaN, read.YawRate, read.RangeAhead, read.Battery, read.MotorCurrent,
        read.MotorTemperature);
}
