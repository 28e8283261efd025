using System.Buffers.Binary;
using System.Globalization;
using System.Text;

namespace EdgeMas.Inference.Files;

/// <summary>Reads GGUF's numbers, texts and values, bounded by what is left of the file.</summary>
internal sealed class GgufReader(Stream stream)
{
    private const int KeptTextBytes = 4096;
    private const int MaxDepth = 4;

    private readonly byte[] _buffer = new byte[KeptTextBytes];

    internal long Length { get; } = stream.Length;

    internal long Position => stream.Position;

    internal uint ReadUInt32() => BinaryPrimitives.ReadUInt32LittleEndian(Take(4));

    internal ulong ReadUInt64() => BinaryPrimitives.ReadUInt64LittleEndian(Take(8));

    /// <param name="what">For the exception.</param>
    internal int ReadCount(int most, string what)
    {
        var count = ReadUInt64();
        return count <= (ulong)most ? (int)count : throw new GgufException($"it claims {count} {what}; at most {most} are read");
    }

    /// <summary>A text of any length; what is beyond the first 4,096 bytes is left out.</summary>
    internal string ReadText()
    {
        var bytes = ReadUInt64();
        var kept = (int)Math.Min(bytes, KeptTextBytes);
        var text = Encoding.UTF8.GetString(Take(kept));
        Skip(bytes - (ulong)kept);
        return text;
    }

    /// <summary>A typed value.</summary>
    /// <param name="distinct">The name, for the exception, of an array in which no text may stand twice; null for any other value.</param>
    /// <returns>A scalar as invariant text, or the largest number of an array of numbers; of an array of texts their count alone.</returns>
    /// <exception cref="GgufException">It is no value, or a text is repeated that may not be.</exception>
    internal (string? Value, int? Texts) ReadValue(string? distinct = null) => ReadUInt32() switch
    {
        8 => (ReadText(), null),
        9 => ReadArray(depth: 0, distinct),
        var type => (ReadNumber(type).ToString(CultureInfo.InvariantCulture), null),
    };

    private (string? Value, int? Texts) ReadArray(int depth, string? distinct = null)
    {
        if (depth == MaxDepth)
            throw new GgufException("its metadata nests arrays too deep");
        var type = ReadUInt32();
        var count = ReadUInt64();
        if (count > (ulong)(Length - Position))
            throw new EndOfStreamException();
        switch (type)
        {
            case 8:
                var seen = distinct is null ? null : new HashSet<ulong>();
                for (ulong i = 0; i < count; i++)
                {
                    if (seen is null)
                        Skip(ReadUInt64());
                    else if (HashText() is { } hash && !seen.Add(hash))
                        throw new GgufException($"its {distinct} has a text twice, the second time as number {i}");
                }
                return (null, (int)Math.Min(count, int.MaxValue));
            case 9:
                for (ulong i = 0; i < count; i++)
                    _ = ReadArray(depth + 1);
                return default;
            default:
                var most = double.NegativeInfinity;
                for (ulong i = 0; i < count; i++)
                    most = Math.Max(most, ReadNumber(type));
                return (count == 0 ? null : most.ToString(CultureInfo.InvariantCulture), null);
        }
    }

    /// <summary>Of a text as llama.cpp sees it: up to its first zero, and of that 4,096 bytes. FNV-1a (G. Fowler, L. C. Noll, K.-P. Vo), 64 bits.</summary>
    /// <returns>Null for an empty one.</returns>
    private ulong? HashText()
    {
        var bytes = ReadUInt64();
        var kept = (int)Math.Min(bytes, KeptTextBytes);
        var text = Take(kept);
        var end = text.IndexOf((byte)0);
        text = end < 0 ? text : text[..end];
        ulong? hash = text.IsEmpty ? null : 14695981039346656037;
        foreach (var each in text)
            hash = (hash ^ each) * 1099511628211;
        Skip(bytes - (ulong)kept);
        return hash;
    }

    private double ReadNumber(uint type) => type switch
    {
        0 or 7 => Take(1)[0],
        1 => (sbyte)Take(1)[0],
        2 => BinaryPrimitives.ReadUInt16LittleEndian(Take(2)),
        3 => BinaryPrimitives.ReadInt16LittleEndian(Take(2)),
        4 => ReadUInt32(),
        5 => BinaryPrimitives.ReadInt32LittleEndian(Take(4)),
        6 => BinaryPrimitives.ReadSingleLittleEndian(Take(4)),
        10 => ReadUInt64(),
        11 => BinaryPrimitives.ReadInt64LittleEndian(Take(8)),
        12 => BinaryPrimitives.ReadDoubleLittleEndian(Take(8)),
        _ => throw new GgufException($"its metadata has a value of type {type}, which GGUF does not have"),
    };

    private ReadOnlySpan<byte> Take(int bytes)
    {
        stream.ReadExactly(_buffer, 0, bytes);
        return _buffer.AsSpan(0, bytes);
    }

    private void Skip(ulong bytes)
    {
        if (bytes > (ulong)(Length - Position))
            throw new EndOfStreamException();
        stream.Seek((long)bytes, SeekOrigin.Current);
    }
}
