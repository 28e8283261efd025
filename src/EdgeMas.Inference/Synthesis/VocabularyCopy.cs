using System.Buffers.Binary;
using EdgeMas.Core.Models;
using EdgeMas.Inference.Files;
using EdgeMas.Inference.Loading;

namespace EdgeMas.Inference.Synthesis;

/// <summary>Takes the vocabulary of another model, its chat template included.</summary>
internal static class VocabularyCopy
{
    private const string Prefix = "tokenizer.";
    private const string Tokens = "tokenizer.ggml.tokens";
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
        var count = 0;
        using var stream = File.OpenRead(path);
        foreach (var (key, (offset, bytes)) in entries)
        {
            var entry = new byte[bytes];
            stream.Position = offset;
            stream.ReadExactly(entry);
            head.AddEntry(entry);
            if (key == Tokens)
                count = Count(path, entry.AsSpan(sizeof(ulong) + Tokens.Length));
        }
        return count > 0 ? count : throw new ModelException(path, "it has no vocabulary; name another file.");
    }

    /// <param name="value">The array's type, its elements' type and their number, then the elements.</param>
    private static int Count(string path, ReadOnlySpan<byte> value)
    {
        const uint Array = 9;
        const int MaxTokens = 1 << 20;
        return BinaryPrimitives.ReadUInt32LittleEndian(value) == Array && BinaryPrimitives.ReadUInt64LittleEndian(value[8..]) is > 0 and <= MaxTokens and var count
            ? (int)count
            : throw new ModelException(path, $"its vocabulary is no list of 1 to {MaxTokens:N0} tokens.");
    }
}
