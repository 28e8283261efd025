using System.Buffers;
using System.Text;

namespace EdgeMas.Inference.Tokens;

/// <summary>
/// Gathers the output's bytes, finds stop texts in them, and passes on whole characters that cannot become part of a stop text any more. Used for one request
/// after another; allocates only to grow, and to pass text on.
/// </summary>
internal sealed class OutputText
{
    private byte[] _bytes = new byte[16 * 1024];
    private int _length;
    private int _passedOn;
    private byte[][] _stops = [];
    private int _longestStop;
    private Action<string>? _onText;

    /// <summary>All of it; bytes that are no UTF-8 become U+FFFD.</summary>
    internal string Text => Encoding.UTF8.GetString(_bytes, 0, _length);

    internal void Begin(IReadOnlyList<string> stops, Action<string>? onText)
    {
        _length = 0;
        _passedOn = 0;
        _stops = stops.Count == 0 ? [] : [.. stops.Where(stop => stop.Length > 0).Select(Encoding.UTF8.GetBytes)];
        _longestStop = 0;
        foreach (var stop in _stops)
            _longestStop = Math.Max(_longestStop, stop.Length);
        _onText = onText;
    }

    /// <returns>True when a stop text is complete; it is cut off, with all behind it.</returns>
    internal bool Append(ReadOnlySpan<byte> piece)
    {
        var before = _length;
        if (_bytes.Length - _length < piece.Length)
            Array.Resize(ref _bytes, Math.Max(_bytes.Length * 2, _length + piece.Length));
        piece.CopyTo(_bytes.AsSpan(_length));
        _length += piece.Length;
        var stopped = CutAtStop(Math.Max(0, before - _longestStop + 1));
        if (_onText is not null && !stopped)
            PassOn(_length - HeldBack());
        return stopped;
    }

    /// <summary>Passes on what was held back.</summary>
    internal void End()
    {
        if (_onText is not null)
            PassOn(_length);
    }

    private bool CutAtStop(int from)
    {
        var cut = int.MaxValue;
        foreach (var stop in _stops)
        {
            var at = _bytes.AsSpan(from, _length - from).IndexOf(stop);
            if (at >= 0)
                cut = Math.Min(cut, from + at);
        }
        if (cut == int.MaxValue)
            return false;
        _length = cut;
        return true;
    }

    /// <summary>Bytes at the end that may be the beginning of a stop text or of a character.</summary>
    private int HeldBack()
    {
        var end = _bytes.AsSpan(_passedOn, _length - _passedOn);
        var held = 0;
        foreach (var stop in _stops)
        {
            for (var bytes = Math.Min(stop.Length - 1, end.Length); bytes > held; bytes--)
            {
                if (end.EndsWith(stop.AsSpan(0, bytes)))
                    held = bytes;
            }
        }
        return held + BytesOfPartialCharacter(end[..^held]);
    }

    private static int BytesOfPartialCharacter(ReadOnlySpan<byte> text)
    {
        for (var bytes = 1; bytes <= Math.Min(3, text.Length); bytes++)
        {
            if ((text[^bytes] & 0xC0) != 0x80)
                return Rune.DecodeFromUtf8(text[^bytes..], out _, out _) == OperationStatus.NeedMoreData ? bytes : 0;
        }
        return 0;
    }

    private void PassOn(int end)
    {
        if (end <= _passedOn)
            return;
        var text = Encoding.UTF8.GetString(_bytes, _passedOn, end - _passedOn);
        _passedOn = end;
        _onText!(text);
    }
}
