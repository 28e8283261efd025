using EdgeMas.Core.Models;
using EdgeMas.Inference.Files;
using EdgeMas.Inference.Loading;

namespace EdgeMas.Inference.Synthesis;

/// <summary>Takes the vocabulary of another model, its chat template included.</summary>
internal static class VocabularyCopy
{
    private const string Prefix = "tokenizer.";
    private const int MaxTokens = 1 << 20;
    private const long MaxBytes = 256L << 20;

    /// <returns>Tokens that it has.</returns>
    /// <exception cref="ModelException">The file is no whole GGUF file, or has no vocabulary.</exception>
    internal static int AddTo(GgufHead head, string path)
    {
        var file = ModelChecks.RequireWhole(path);
        ModelChecks.RequireTextModel(path, file);
        var entries = file.Entries.Where(entry => entry.Key.StartsWith(Prefix, StringComparison.Ordinal)).ToList();
        if (entries.Sum(entry => entry.Value.Bytes) > MaxBytes)
            throw new ModelException(path, $"its vocabulary is larger than {MaxBytes >> 20} MB.");
        if (!file.Entries.ContainsKey(GgufFile.TokensKey))
            throw new ModelException(path, "it has no vocabulary; name another file.");
        if (file.Lengths.GetValueOrDefault(GgufFile.TokensKey) is not (> 0 and <= MaxTokens and var count))
            throw new ModelException(path, $"its vocabulary is no list of 1 to {MaxTokens:N0} tokens.");
        using var stream = File.OpenRead(path);
        foreach (var (_, (offset, bytes)) in entries)
        {
            var entry = new byte[bytes];
            stream.Position = offset;
            stream.ReadExactly(entry);
            head.AddEntry(entry);
        }
        return count;
    }
}
