using System.Text;
using EdgeMas.Core.Models;

namespace EdgeMas.Grammar.Tests.Vocabulary;

/// <summary>A vocabulary given by its tokens' bytes; cuts texts into the longest tokens.</summary>
internal sealed class ListedTokenizer(IReadOnlyList<byte[]> tokens) : ITokenizer
{
    /// <summary>All bytes, pieces of JSON, words and parts of characters, control tokens, doubles.</summary>
    internal static ListedTokenizer Rich { get; } = new([
        .. Enumerable.Range(0, 256).Select(value => new[] { (byte)value }),
        .. ((string[])["\":", "\":\"", "\",\"", "{\"", "\"}", "\"}]", "[{\"", "[]", "{}", "true", "false", "null", "tr", "ue", "},{", " \"", ", ", ": ", "\n", "  ", "12", "0.", "00", "-1", "e1", "ab", "abc", "a\"", "b\":", "\"a",
            "é", "€", "😀", "a€b", "\\n", "\\u00", "\\\"", "\\", "name", "\"name\":", "red", "green", "re", "\"red\"", "xx", "xxxx", "foo", "bar", "kind", "value", "items", "", "", "2024-", "-01", "T00:", "@", "example.com"]).Select(Encoding.UTF8.GetBytes),
        [0xC3], [0xA9], [0xE2, 0x82], [0xAC, (byte)'"'], [0xF0, 0x9F], [0xFF, 0xFE], [.. "ab"u8],
    ]);

    public int VocabularySize => tokens.Count;

    public ReadOnlyMemory<byte> TokenBytes(int token) => tokens[token];

    public int[] Tokenize(string text)
    {
        var cut = new List<int>();
        for (ReadOnlySpan<byte> rest = Encoding.UTF8.GetBytes(text); !rest.IsEmpty; rest = rest[tokens[cut[^1]].Length..])
        {
            var best = -1;
            for (var token = 0; token < tokens.Count; token++)
            {
                if (tokens[token].Length > (best < 0 ? 0 : tokens[best].Length) && rest.StartsWith(tokens[token]))
                    best = token;
            }
            cut.Add(best);
        }
        return [.. cut];
    }
}
