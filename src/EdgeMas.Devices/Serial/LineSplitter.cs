namespace EdgeMas.Devices.Serial;

/// <summary>Makes lines of bytes that come in pieces. It holds one line of a given length at most, whatever comes, and allocates nothing. One thread.</summary>
internal sealed class LineSplitter(int longestBytes)
{
    private readonly byte[] _line = new byte[longestBytes];
    private int _length;
    private bool _isTooLong;

    /// <summary>Lines that were longer, and so were thrown away. One that has not ended yet counts.</summary>
    internal long TooLong { get; private set; }

    /// <summary>Takes bytes up to the end of a line.</summary>
    /// <param name="bytes">Becomes what is after it.</param>
    /// <param name="line">Without its end, LF or CR LF; never empty; good until the next call.</param>
    /// <returns>False when there is no further end of a line: then all bytes are taken.</returns>
    internal bool TryTake(scoped ref ReadOnlySpan<byte> bytes, out ReadOnlySpan<byte> line)
    {
        while (bytes.IndexOf((byte)'\n') is >= 0 and var end)
        {
            Keep(bytes[..end]);
            bytes = bytes[(end + 1)..];
            line = _line.AsSpan(0, _length).TrimEnd((byte)'\r');
            var isLine = !_isTooLong && !line.IsEmpty;
            Forget();
            if (isLine)
                return true;
        }
        Keep(bytes);
        bytes = default;
        line = default;
        return false;
    }

    /// <summary>Forgets the beginning of a line.</summary>
    internal void Forget() => (_length, _isTooLong) = (0, false);

    private void Keep(ReadOnlySpan<byte> piece)
    {
        if (_isTooLong)
            return;
        if (_length + piece.Length > _line.Length)
        {
            _isTooLong = true;
            TooLong++;
            return;
        }
        piece.CopyTo(_line.AsSpan(_length));
        _length += piece.Length;
    }
}
