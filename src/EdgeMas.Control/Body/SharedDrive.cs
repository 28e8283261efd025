using EdgeMas.Control.Native;
using EdgeMas.Core.Motion;

namespace EdgeMas.Control.Body;

/// <summary>A body that another process drives, as the control loop sees it: setpoints and brakes go into shared memory, readings come out of it.</summary>
/// <remarks>A reading that is being written just now is replaced by the one before it; the loop judges its age. A body that begins anew goes on where it was: its angles stay continuous.</remarks>
internal sealed class SharedDrive : IWheeledBody, IDisposable
{
    private readonly SharedMemory<BodyLayout> _memory;
    private readonly TimeProvider _time;
    private WheeledSensors _latest;
    private bool _hasLatest;
    private long _session;
    private WheelSet _offset;
    private long _number;
    private volatile bool _isBraked;

    internal SharedDrive(SharedMemory<BodyLayout> memory, TimeProvider time)
    {
        (_memory, _time) = (memory, time);
        Geometry = memory.Value.Geometry;
        _session = Volatile.Read(ref memory.Value.Session);
        _number = memory.Value.Command.TryRead(out var command, out _) ? command.Number : 0;
    }

    public WheeledGeometry Geometry { get; }

    public bool TryRead(out WheeledSensors sensors)
    {
        ref var body = ref _memory.Value;
        if (body.Geometry != Geometry)
        {
            sensors = default; // another kind of body took the place: this core cannot drive it
            return false;
        }
        if (body.Sensors.TryRead(out var read, out var version) && version > 0 && IsOfNow(read.Timestamp))
        {
            var session = Volatile.Read(ref body.Session);
            if (session != _session && _hasLatest)
                _offset = _latest.Angles - read.Angles;
            _session = session;
            _latest = read with { Angles = read.Angles + _offset };
            _hasLatest = true;
        }
        sensors = _latest;
        return _hasLatest;
    }

    public bool TryDrive(in WheelCommand command)
    {
        ref var body = ref _memory.Value;
        _isBraked = false;
        body.Command.Write(new BodyLayout.NumberedCommand(++_number, Volatile.Read(ref body.Brakes), command));
        return true;
    }

    public void Brake()
    {
        if (!_isBraked)
            Volatile.Write(ref _memory.Value.BrakedAt, _time.GetTimestamp());
        _isBraked = true;
        Interlocked.Increment(ref _memory.Value.Brakes);
        Interlocked.Increment(ref _memory.Value.Wake);
        Futex.Wake(ref _memory.Value.Wake);
    }

    public void Dispose() => _memory.Dispose();

    /// <summary>Not of a time to come: such a timestamp was not written by this machine's clock.</summary>
    private bool IsOfNow(long timestamp) => timestamp - _time.GetTimestamp() < _time.TimestampFrequency;
}
