namespace EdgeMas.Simulation.Board;

/// <summary>A chip in its socket, with what is wrong with it.</summary>
internal sealed class PluggedChip(II2cTarget chip, TimeProvider time)
{
    /// <summary>No reply at all, so that the kernel's timeout ends the transfer.</summary>
    internal const int NoAnswer = int.MinValue;

    private const int NotAcknowledged = -6; // ENXIO

    private readonly Dictionary<int, byte[]> _frozen = [];
    private volatile BusFault _fault;
    private byte _register;
    private long _suppliedAt = long.MinValue;

    internal BusFault Fault { get => _fault; set => _fault = value; }

    internal void BrownOut(TimeSpan duration)
    {
        if (chip is not ISuppliedChip supplied)
            throw new ArgumentException($"{chip.GetType().Name} cannot lose its supply");
        Volatile.Write(ref _suppliedAt, time.GetTimestamp() + (long)(duration.TotalSeconds * time.TimestampFrequency));
        supplied.PowerUp(); // nobody reaches it until then
    }

    internal int Write(ReadOnlySpan<byte> bytes)
    {
        if (!bytes.IsEmpty)
            _register = bytes[0];
        switch (_fault)
        {
            case BusFault.Silent: return NotAcknowledged;
            case BusFault.Hang: return NoAnswer;
            case var _ when !IsSupplied: return NotAcknowledged;
            case BusFault.Deaf when bytes.Length > 1: return 0;
            default:
                chip.Write(bytes);
                return 0;
        }
    }

    internal int Read(Span<byte> bytes)
    {
        switch (_fault)
        {
            case BusFault.Silent: return NotAcknowledged;
            case BusFault.Hang: return NoAnswer;
            case var _ when !IsSupplied: return NotAcknowledged;
            case BusFault.Freeze when _frozen.TryGetValue(Key(bytes.Length), out var last):
                last.CopyTo(bytes);
                return 0;
            default:
                chip.Read(bytes);
                _frozen[Key(bytes.Length)] = bytes.ToArray();
                if (_fault == BusFault.Noise && !bytes.IsEmpty)
                    bytes[0] ^= 0x40;
                return 0;
        }
    }

    private bool IsSupplied => time.GetTimestamp() >= Volatile.Read(ref _suppliedAt);

    private int Key(int length) => (_register << 16) | length;
}
