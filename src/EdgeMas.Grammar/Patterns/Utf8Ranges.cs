namespace EdgeMas.Grammar.Patterns;

/// <summary>Splits a range of characters into sequences of byte ranges that match exactly their UTF-8.</summary>
internal static class Utf8Ranges
{
    private static readonly int[] LastOfLength = [0x7F, 0x7FF, 0xFFFF, 0x10FFFF];

    internal static IEnumerable<(byte From, byte To)[]> Split(int from, int to)
    {
        for (var length = 1; length <= 4 && from <= to; length++)
        {
            var last = Math.Min(to, LastOfLength[length - 1]);
            if (from > last)
                continue;
            foreach (var sequence in SplitLength(from, last, length))
                yield return sequence;
            from = last + 1;
        }
    }

    /// <summary>All characters of the range take the same number of bytes.</summary>
    private static IEnumerable<(byte From, byte To)[]> SplitLength(int from, int to, int length)
    {
        for (var tail = 1; tail < length; tail++)
        {
            var mask = (1 << (6 * tail)) - 1;
            if ((from & ~mask) == (to & ~mask))
                continue;
            if ((from & mask) != 0)
                return [.. SplitLength(from, from | mask, length), .. SplitLength((from | mask) + 1, to, length)];
            if ((to & mask) != mask)
                return [.. SplitLength(from, (to & ~mask) - 1, length), .. SplitLength(to & ~mask, to, length)];
        }
        var (low, high) = (Encode(from, length), Encode(to, length));
        return [[.. low.Zip(high)]];
    }

    private static byte[] Encode(int value, int length)
    {
        if (length == 1)
            return [(byte)value];
        var bytes = new byte[length];
        for (var i = length - 1; i > 0; i--, value >>= 6)
            bytes[i] = (byte)(0x80 | (value & 0x3F));
        bytes[0] = (byte)(value | (0xF00 >> length & 0xFF));
        return bytes;
    }
}
