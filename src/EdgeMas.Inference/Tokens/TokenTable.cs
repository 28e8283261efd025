using System.Buffers;
using System.Text;
using EdgeMas.Inference.Native;

namespace EdgeMas.Inference.Tokens;

/// <summary>Bytes and kinds of all tokens, read once: the token loop looks them up and asks nobody. Immutable, any thread.</summary>
internal sealed class TokenTable
{
    private readonly byte[] _bytes;
    private readonly int[] _starts;
    private readonly TokenAttributes[] _attributes;
    private readonly SearchValues<string> _controls;

    private TokenTable(byte[] bytes, int[] starts, TokenAttributes[] attributes, int[] ends, int[] suppressed, SearchValues<string> controls, int longest)
    {
        _bytes = bytes;
        _starts = starts;
        _attributes = attributes;
        _controls = controls;
        EndTokens = ends;
        Suppressed = suppressed;
        LongestWritten = longest;
    }

    internal int Count => _attributes.Length;

    /// <summary>Tokens that end the output.</summary>
    internal int[] EndTokens { get; }

    /// <summary>Tokens that are never to be chosen.</summary>
    internal int[] Suppressed { get; }

    /// <summary>Bytes of the longest token as a prompt writes it, the names of control tokens included.</summary>
    internal int LongestWritten { get; }

    internal static TokenTable Read(NativeVocabulary vocabulary)
    {
        var count = vocabulary.Count;
        var bytes = new ArrayBufferWriter<byte>(count * 8);
        var starts = new int[count + 1];
        var attributes = new TokenAttributes[count];
        var ends = new List<int>();
        var controls = new List<string>();
        var buffer = new byte[64];
        var longest = 1;
        for (var token = 0; token < count; token++)
        {
            starts[token] = bytes.WrittenCount;
            var written = vocabulary.WriteBytes(token, ref buffer); // may exchange the buffer
            bytes.Write(buffer.AsSpan(0, written));
            attributes[token] = (TokenAttributes)vocabulary.AttributesOf(token);
            if (vocabulary.IsEndOfGeneration(token))
            {
                attributes[token] |= TokenAttributes.EndOfGeneration;
                ends.Add(token);
            }
            longest = Math.Max(longest, Math.Max(bytes.WrittenCount - starts[token], Encoding.UTF8.GetByteCount(vocabulary.TextOf(token))));
            if ((attributes[token] & (TokenAttributes.Control | TokenAttributes.EndOfGeneration)) != TokenAttributes.None && vocabulary.TextOf(token) is { Length: > 1 } text)
                controls.Add(text);
        }
        starts[count] = bytes.WrittenCount;
        return new TokenTable(bytes.WrittenSpan.ToArray(), starts, attributes, [.. ends], vocabulary.SuppressedTokens(), SearchValues.Create([.. controls], StringComparison.Ordinal), longest);
    }

    internal ReadOnlyMemory<byte> MemoryOf(int token) => _bytes.AsMemory(_starts[token], _starts[token + 1] - _starts[token]);

    internal ReadOnlySpan<byte> BytesOf(int token) => _bytes.AsSpan(_starts[token], _starts[token + 1] - _starts[token]);

    internal TokenAttributes AttributesOf(int token) => _attributes[token];

    internal bool IsEnd(int token) => (_attributes[token] & TokenAttributes.EndOfGeneration) != TokenAttributes.None;

    /// <summary>
    /// The text with every control token's name broken by a space after its first character, so that what people, cameras or other robots say cannot end a
    /// turn and begin another.
    /// </summary>
    internal string BreakControls(string text)
    {
        var at = text.AsSpan().IndexOfAny(_controls);
        if (at < 0)
            return text;
        var broken = new StringBuilder(text.Length + 16);
        var rest = text.AsSpan();
        for (; at >= 0; at = rest.IndexOfAny(_controls))
        {
            broken.Append(rest[..(at + 1)]).Append(' ');
            rest = rest[(at + 1)..];
        }
        return broken.Append(rest).ToString();
    }
}
