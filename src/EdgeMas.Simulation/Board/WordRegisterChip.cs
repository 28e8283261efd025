namespace EdgeMas.Simulation.Board;

/// <summary>A chip of registers of two bytes, high byte first: one byte chooses one, two more fill it, two are read.</summary>
public abstract class WordRegisterChip : II2cTarget
{
    private readonly Lock _gate = new();
    private byte _at;

    protected ushort[] Words { get; } = new ushort[256];

    public void Write(ReadOnlySpan<byte> bytes)
    {
        if (bytes.IsEmpty)
            return;
        lock (_gate)
        {
            _at = bytes[0];
            if (bytes.Length >= 3)
                OnWrite(_at, (ushort)((bytes[1] << 8) | bytes[2]));
        }
    }

    public void Read(Span<byte> bytes)
    {
        ushort word;
        lock (_gate)
            word = OnRead(_at);
        for (var i = 0; i < bytes.Length; i++)
            bytes[i] = (byte)(i % 2 == 0 ? word >> 8 : word);
    }

    protected virtual void OnWrite(byte register, ushort value) => Words[register] = value;

    protected virtual ushort OnRead(byte register) => Words[register];

    protected void Locked(Action action)
    {
        lock (_gate)
            action();
    }
}
