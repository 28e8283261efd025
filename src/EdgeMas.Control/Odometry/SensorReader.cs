using EdgeMas.Core.Motion;

namespace EdgeMas.Control.Odometry;

/// <summary>Reads the body's sensors and tells how much time passed between two readings.</summary>
/// <remarks>The control loop's thread only.</remarks>
internal sealed class SensorReader(IDifferentialDrive drive, TimeProvider time)
{
    private long _last;
    private bool _hasLast;

    /// <param name="seconds">Since the reading before.</param>
    /// <returns>False when the body does not answer, answers nonsense, or answers with a reading that is not newer than the last; and for the first reading, which only starts the clock.</returns>
    internal bool TryRead(out DriveSensors sensors, out double seconds)
    {
        seconds = 0;
        if (!drive.TryRead(out sensors) || !double.IsFinite(sensors.LeftWheelAngle) || !double.IsFinite(sensors.RightWheelAngle))
            return false;
        var isFirst = !_hasLast;
        seconds = isFirst ? 0 : time.GetElapsedTime(_last, sensors.Timestamp).TotalSeconds;
        (_last, _hasLast) = (sensors.Timestamp, true);
        return seconds > 0;
    }
}
