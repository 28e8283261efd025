namespace EdgeMas.Grammar.Automata;

/// <summary>Bytes that an automaton never tells apart, grouped: its tables have a column for each group.</summary>
internal sealed class ByteClasses
{
    private readonly byte[] _classOf = new byte[256];

    private ByteClasses(ReadOnlySpan<int> keys)
    {
        var classes = new Dictionary<int, byte>();
        var first = new List<byte>();
        for (var value = 0; value < 256; value++)
        {
            if (!classes.TryGetValue(keys[value], out var number))
            {
                number = (byte)classes.Count;
                classes.Add(keys[value], number);
                first.Add((byte)value);
            }
            _classOf[value] = number;
        }
        Examples = [.. first];
    }

    /// <summary>Every byte by itself.</summary>
    internal static ByteClasses Single { get; } = new([.. Enumerable.Range(0, 256)]);

    internal int Count => Examples.Length;

    /// <summary>The first byte of each class.</summary>
    internal byte[] Examples { get; }

    internal ReadOnlySpan<byte> Map => _classOf;

    internal int Of(byte value) => _classOf[value];

    /// <summary>Groups bytes that lie on the same side of every boundary.</summary>
    /// <param name="begins">True for a byte at which something begins that the byte before it does not belong to.</param>
    internal static ByteClasses Between(ReadOnlySpan<bool> begins)
    {
        Span<int> keys = stackalloc int[256];
        for (var value = 1; value < 256; value++)
            keys[value] = keys[value - 1] + (begins[value] ? 1 : 0);
        return new ByteClasses(keys);
    }

    internal static ByteClasses By(Func<byte, int> key)
    {
        Span<int> keys = stackalloc int[256];
        for (var value = 0; value < 256; value++)
            keys[value] = key((byte)value);
        return new ByteClasses(keys);
    }

    /// <summary>Tells apart what either tells apart.</summary>
    internal static ByteClasses Meet(ByteClasses a, ByteClasses b) => By(value => (a.Of(value) << 8) | b.Of(value));
}
