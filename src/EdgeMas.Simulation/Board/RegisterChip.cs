namespace EdgeMas.Simulation.Board;

/// <summary>A chip of byte registers: the first byte written chooses one, more bytes fill those from there on, reads come from there on.</summary>
public abstract class RegisterChip : II2cTarget
{
    private readonly Lock _gate = new();
    private byte _at;

    /// <summary>The registers' raw bytes; under <see cref="Locked"/> where both sides write them.</summary>
    protected byte[] Registers { get; } = new byte[256];

    /// <summary>Whether the register number grows by one with each byte.</summary>
    protected virtual bool AutoIncrement => true;

    public void Write(ReadOnlySpan<byte> bytes)
    {
        if (bytes.IsEmpty)
            return;
        lock (_gate)
        {
            _at = bytes[0];
            foreach (var value in bytes[1..])
            {
                OnWrite(_at, value);
                Step();
            }
            OnWritten();
        }
    }

    public void Read(Span<byte> bytes)
    {
        lock (_gate)
        {
            foreach (ref var value in bytes)
            {
                value = OnRead(_at);
                Step();
            }
        }
    }

    protected virtual void OnWrite(byte register, byte value) => Registers[register] = value;

    /// <summary>After the last byte of a transfer: where a chip lets what was written come out.</summary>
    protected virtual void OnWritten()
    {
    }

    protected virtual byte OnRead(byte register) => Registers[register];

    protected void Locked(Action action)
    {
        lock (_gate)
            action();
    }

    protected T Locked<T>(Func<T> read)
    {
        lock (_gate)
            return read();
    }

    private void Step()
    {
        if (AutoIncrement)
            _at++;
    }
}
