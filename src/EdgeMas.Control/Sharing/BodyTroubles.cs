using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Text;
using System.Text.Unicode;

namespace EdgeMas.Control.Sharing;

/// <summary>Lines of text about a body, cut to what fits.</summary>
[StructLayout(LayoutKind.Sequential)]
internal struct BodyTroubles
{
    private int _length;
    private Text _text;

    internal BodyTroubles(IReadOnlyList<string> lines) => Utf8.FromUtf16(string.Join('\n', lines), _text, out _, out _length);

    internal readonly string[] ToLines() =>
        Encoding.UTF8.GetString(((ReadOnlySpan<byte>)_text)[..Math.Clamp(_length, 0, Text.Size)]).Split('\n', StringSplitOptions.RemoveEmptyEntries);

    [InlineArray(Size)]
    internal struct Text
    {
        internal const int Size = 2044;
        private byte _first;
    }
}
