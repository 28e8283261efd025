using EdgeMas.Inference.Files;

namespace EdgeMas.Inference.Synthesis;

/// <summary>
/// A byte-level BPE vocabulary of any size that nobody trained: the 256 bytes, then syllables of lower-case letters, the commonest letters first, with and
/// without a space before them, then three control tokens. It writes every text, an English one at about three characters a token.
/// </summary>
internal static class SyntheticVocabulary
{
    private const string Letters = "etaoinshrdlcumwfgypbvkjxqz"; // by how often English has them
    private const string Space = "Ġ"; // how byte-level BPE writes it
    private const int NormalToken = 1;
    private const int ControlToken = 3;

    private const string ChatTemplate =
        "{% for message in messages %}{{'<|im_start|>' + message['role'] + '\\n' + message['content'] + '<|im_end|>' + '\\n'}}{% endfor %}"
        + "{% if add_generation_prompt %}{{ '<|im_start|>assistant\\n' }}{% endif %}";

    private static readonly string[] Controls = ["<|endoftext|>", "<|im_start|>", "<|im_end|>"];

    internal static void AddTo(GgufHead head, int count)
    {
        var tokens = Bytes().ToList();
        var merges = new List<string>(count);
        foreach (var (left, right) in Syllables().Take(count - tokens.Count - Controls.Length))
        {
            tokens.Add(left + right);
            merges.Add($"{left} {right}");
        }
        var normal = tokens.Count;
        tokens.AddRange(Controls);
        head.Add("tokenizer.ggml.model", "gpt2");
        head.Add("tokenizer.ggml.pre", "qwen2");
        head.Add(GgufFile.TokensKey, tokens);
        head.Add("tokenizer.ggml.token_type", [.. tokens.Select((_, token) => token < normal ? NormalToken : ControlToken)]);
        head.Add("tokenizer.ggml.merges", merges);
        head.Add("tokenizer.ggml.bos_token_id", (uint)normal);
        head.Add("tokenizer.ggml.padding_token_id", (uint)normal);
        head.Add("tokenizer.ggml.eos_token_id", (uint)(normal + 2));
        head.Add("tokenizer.ggml.add_bos_token", false);
        head.Add("tokenizer.chat_template", ChatTemplate);
    }

    /// <summary>The letters that stand for bytes: printable ones for themselves, the others from U+0100 on. Source: GPT-2's <c>bytes_to_unicode</c>.</summary>
    private static IEnumerable<string> Bytes()
    {
        var moved = 0x100;
        for (var value = 0; value < 256; value++)
        {
            var printable = value is (>= '!' and <= '~') or (>= 0xA1 and <= 0xAC) or (>= 0xAE and <= 0xFF);
            yield return ((char)(printable ? value : moved++)).ToString();
        }
    }

    /// <summary>Pairs of tokens to merge, both made before: two letters, a space and two letters, then four letters without and with a space. 914,628 in all.</summary>
    private static IEnumerable<(string Left, string Right)> Syllables()
    {
        var pairs = Pairs([.. Letters.Select(letter => letter.ToString())]).ToList();
        foreach (var pair in pairs)
            yield return pair;
        var syllables = pairs.ConvertAll(pair => pair.Left + pair.Right);
        foreach (var syllable in syllables)
            yield return (Space, syllable);
        foreach (var (left, right) in Pairs(syllables))
        {
            yield return (left, right);
            yield return (Space + left, right);
        }
    }

    /// <summary>All pairs, those of the first parts first.</summary>
    private static IEnumerable<(string Left, string Right)> Pairs(IReadOnlyList<string> parts)
    {
        for (var rank = 0; rank < (2 * parts.Count) - 1; rank++)
        {
            for (var left = Math.Max(0, rank - parts.Count + 1); left <= Math.Min(rank, parts.Count - 1); left++)
                yield return (parts[left], parts[rank - left]);
        }
    }
}
