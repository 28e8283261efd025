namespace EdgeMas.Core.Motion;

/// <summary>
/// Hands the newest of a series of values from one thread to many: the writer never waits and neither side allocates. A reader that meets a write in
/// progress looks again.
/// </summary>
/// <remarks>One writer at a time; any number of readers.</remarks>
public sealed class LatestValue<T>
    where T : unmanaged
{
    private SequencedValue<T> _value;

    public LatestValue(T initial = default) => _value = new SequencedValue<T>(initial);

    /// <summary>Grows by two with each write.</summary>
    public long Version => _value.Version;

    public void Write(in T value) => _value.Write(value);

    public T Read()
    {
        var spin = new SpinWait();
        T value;
        while (!TryRead(out value, out _))
            spin.SpinOnce();
        return value;
    }

    /// <returns>False when a write is in progress; never waits.</returns>
    public bool TryRead(out T value, out long version) => _value.TryRead(out value, out version);
}
