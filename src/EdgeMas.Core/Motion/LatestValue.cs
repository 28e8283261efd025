namespace EdgeMas.Core.Motion;

/// <summary>
/// Hands the newest of a series of values from one thread to many: the writer never waits and neither side allocates. A reader that meets a write in
/// progress looks again.
/// </summary>
/// <remarks>One writer at a time; any number of readers. Source: the sequence lock of the Linux kernel, Documentation/locking/seqlock.rst.</remarks>
public sealed class LatestValue<T>
    where T : unmanaged
{
    private long _version;
    private T _value;

    public LatestValue(T initial = default) => _value = initial;

    /// <summary>Grows by two with each write.</summary>
    public long Version => Volatile.Read(ref _version);

    public void Write(in T value)
    {
        var version = _version;
        Volatile.Write(ref _version, version + 1); // odd: readers keep out
        Interlocked.MemoryBarrier();
        _value = value;
        Volatile.Write(ref _version, version + 2);
    }

    public T Read()
    {
        var spin = new SpinWait();
        T value;
        while (!TryRead(out value, out _))
            spin.SpinOnce();
        return value;
    }

    /// <returns>False when a write is in progress; never waits.</returns>
    public bool TryRead(out T value, out long version)
    {
        version = Volatile.Read(ref _version);
        value = _value;
        Interlocked.MemoryBarrier();
        return (version & 1) == 0 && version == Volatile.Read(ref _version);
    }
}
