namespace EdgeMas.Core.Motion;

/// <summary>
/// One value with its sequence number, as it lies in memory that several threads or processes see: one writes, the others read whole values or none. Neither waits.
/// </summary>
/// <remarks>
/// A field to be used in place, never a copy. A writer that died in the middle leaves an odd number behind, which readers take for a write in progress until the next
/// writer. Source: the sequence lock of the Linux kernel, Documentation/locking/seqlock.rst.
/// </remarks>
public struct SequencedValue<T>
    where T : unmanaged
{
    private long _version;
    private T _value;

    public SequencedValue(in T initial) => _value = initial;

    /// <summary>Grows by two with each write; odd while one is in progress.</summary>
    public readonly long Version => Volatile.Read(in _version);

    public void Write(in T value)
    {
        var odd = _version | 1;
        Volatile.Write(ref _version, odd); // readers keep out
        Interlocked.MemoryBarrier();
        _value = value;
        Volatile.Write(ref _version, odd + 1);
    }

    /// <returns>False when a write is in progress.</returns>
    public readonly bool TryRead(out T value, out long version)
    {
        version = Volatile.Read(in _version);
        value = _value;
        Interlocked.MemoryBarrier();
        return (version & 1) == 0 && version == Volatile.Read(in _version);
    }
}
