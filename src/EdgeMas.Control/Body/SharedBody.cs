using EdgeMas.Control.Native;

namespace EdgeMas.Control.Body;

/// <summary>A body that another process moves, as a control loop sees it: setpoints and brakes go into shared memory, readings come out of it.</summary>
/// <remarks>A reading that is being written just now is replaced by the one before it; the loop judges its age. Allocates nothing.</remarks>
internal abstract class SharedBody<TShape, TCommand, TSensors> : IDisposable
    where TShape : unmanaged, IEquatable<TShape>
    where TCommand : unmanaged
    where TSensors : unmanaged
{
    private readonly SharedMemory<BodyLayout<TShape, TCommand, TSensors>> _memory;
    private readonly TimeProvider _time;
    private TSensors _latest;
    private bool _hasLatest;
    private long _session;
    private long _number;
    private volatile bool _isBraked;

    /// <param name="path">The region that a <see cref="BodyPump{TShape,TCommand,TSensors}"/> made.</param>
    /// <exception cref="Sharing.RegionException">It is not there, or is no such region.</exception>
    private protected SharedBody(string path, TimeProvider time)
    {
        (_memory, _time) = (SharedMemory<BodyLayout<TShape, TCommand, TSensors>>.Open(path), time);
        Shape = _memory.Value.Shape;
        _session = Volatile.Read(ref _memory.Value.Session);
        _number = _memory.Value.Command.TryRead(out var command, out _) ? command.Number : 0;
    }

    private protected TShape Shape { get; }

    public bool TryRead(out TSensors sensors)
    {
        ref var body = ref _memory.Value;
        if (!body.Shape.Equals(Shape))
        {
            sensors = default; // another kind of body took the place: this core cannot move it
            return false;
        }
        if (body.Sensors.TryRead(out var read, out var version) && version > 0 && IsOfNow(TimestampOf(read)))
        {
            var session = Volatile.Read(ref body.Session);
            if (session != _session && _hasLatest)
                BeginAnew(read, _latest);
            _session = session;
            _latest = Continue(read);
            _hasLatest = true;
        }
        sensors = _latest;
        return _hasLatest;
    }

    public void Dispose() => _memory.Dispose();

    private protected bool TryGive(in TCommand command)
    {
        ref var body = ref _memory.Value;
        _isBraked = false;
        body.Command.Write(new NumberedCommand<TCommand>(++_number, Volatile.Read(ref body.Brakes), command));
        return true;
    }

    /// <summary>Any thread.</summary>
    private protected void GiveBrake()
    {
        if (!_isBraked)
            Volatile.Write(ref _memory.Value.BrakedAt, _time.GetTimestamp());
        _isBraked = true;
        Interlocked.Increment(ref _memory.Value.Brakes);
        Interlocked.Increment(ref _memory.Value.Wake);
        Futex.Wake(ref _memory.Value.Wake);
    }

    private protected abstract long TimestampOf(in TSensors sensors);

    /// <summary>Another body took the place: its readings may begin elsewhere.</summary>
    /// <param name="last">Of the one before.</param>
    private protected virtual void BeginAnew(in TSensors read, in TSensors last)
    {
    }

    /// <returns>The reading as it follows on those of the body before.</returns>
    private protected virtual TSensors Continue(in TSensors read) => read;

    /// <summary>Not of a time to come: such a timestamp was not written by this machine's clock.</summary>
    private bool IsOfNow(long timestamp) => timestamp - _time.GetTimestamp() < _time.TimestampFrequency;
}
