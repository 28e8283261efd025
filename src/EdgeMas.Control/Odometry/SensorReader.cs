using EdgeMas.Core.Motion;

namespace EdgeMas.Control.Odometry;

/// <summary>Reads the body's sensors and tells how much time passed between two readings.</summary>
/// <param name="patience">How old the newest reading may be.</param>
/// <remarks>The control loop's thread only.</remarks>
internal sealed class SensorReader(IWheeledBody body, TimeProvider time, TimeSpan patience)
{
    private long _last;
    private bool _hasLast;

    /// <param name="seconds">Since the reading before; 0 for the same one.</param>
    /// <returns>The first reading only starts the clock: it counts as none.</returns>
    internal Reading Read(long now, out WheeledSensors sensors, out double seconds)
    {
        seconds = 0;
        if (!body.TryRead(out sensors) || !sensors.Angles.IsFinite)
            return Reading.None;
        var isFirst = !_hasLast;
        var passed = time.GetElapsedTime(_last, sensors.Timestamp).TotalSeconds;
        (_last, _hasLast) = (sensors.Timestamp, true);
        if (isFirst || passed < 0)
            return Reading.None;
        seconds = passed;
        if (passed > 0)
            return Reading.New;
        return time.GetElapsedTime(sensors.Timestamp, now) < patience ? Reading.Same : Reading.None;
    }
}
