using System.Buffers.Binary;

namespace EdgeMas.Devices.Can;

/// <summary>One frame of classic CAN.</summary>
public readonly record struct CanFrame
{
    public const int MaxLength = 8;
    private const uint MaxId = 0x7FF;
    private const uint MaxExtendedId = 0x1FFF_FFFF;

    private readonly ulong _data;

    /// <param name="data">At most eight bytes.</param>
    /// <param name="extended">An identifier of 29 bits instead of 11.</param>
    public CanFrame(uint id, ReadOnlySpan<byte> data, bool extended = false)
        : this(id, data.Length, extended, isRequest: false)
    {
        Span<byte> bytes = stackalloc byte[MaxLength];
        data.CopyTo(bytes);
        _data = BinaryPrimitives.ReadUInt64LittleEndian(bytes);
    }

    private CanFrame(uint id, int length, bool extended, bool isRequest)
    {
        ArgumentOutOfRangeException.ThrowIfGreaterThan(id, extended ? MaxExtendedId : MaxId, nameof(id));
        ArgumentOutOfRangeException.ThrowIfGreaterThan(length, MaxLength, "data");
        (Id, Length, IsExtended, IsRequest) = (id, length, extended, isRequest);
    }

    public uint Id { get; }

    public bool IsExtended { get; }

    /// <summary>Asks for the data of this identifier and brings none: a remote frame.</summary>
    public bool IsRequest { get; }

    /// <summary>Bytes of data; of a request, those it asks for.</summary>
    public int Length { get; }

    public static CanFrame Request(uint id, int length = 0, bool extended = false)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(length);
        return new CanFrame(id, length, extended, isRequest: true);
    }

    /// <summary>Copies the data.</summary>
    /// <param name="destination">Of eight bytes; those after <see cref="Length"/> become 0.</param>
    public void CopyTo(Span<byte> destination) => BinaryPrimitives.WriteUInt64LittleEndian(destination, _data);

    /// <returns>As candump writes it: <c>123#DEADBEEF</c>.</returns>
    public override string ToString()
    {
        Span<byte> bytes = stackalloc byte[MaxLength];
        CopyTo(bytes);
        return $"{Id.ToString(IsExtended ? "X8" : "X3", System.Globalization.CultureInfo.InvariantCulture)}#{(IsRequest ? "R" : Convert.ToHexString(bytes[..Length]))}";
    }
}
