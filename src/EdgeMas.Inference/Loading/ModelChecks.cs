using System.Globalization;
using System.Text.RegularExpressions;
using EdgeMas.Core.Models;
using EdgeMas.Inference.Files;

namespace EdgeMas.Inference.Loading;

/// <summary>What can be told about a model before llama.cpp touches it, in words that say how to mend it.</summary>
internal static partial class ModelChecks
{
    private const int BytesOfKeyOrValue = 2; // 16-bit floats, llama.cpp's default

    /// <summary>Buffers for computing and the vocabulary; measured between 20 and 300 MB for models up to 1 GB.</summary>
    private const long FixedBytes = 64L << 20;

    /// <exception cref="ModelException">Missing, not GGUF, or cut off.</exception>
    internal static GgufFile RequireWhole(string path)
    {
        if (!File.Exists(path))
            throw new ModelException(path, "there is no such file. 'edgemas models list' shows what is configured, 'edgemas models pull' fetches it.");
        GgufFile file;
        try
        {
            file = GgufFile.Read(path);
        }
        catch (GgufException exception)
        {
            throw new ModelException(path, $"{exception.Message}. Fetch it again.", exception);
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            throw new ModelException(path, $"it cannot be read: {exception.Message}", exception);
        }
        return file.Bytes >= file.NeededBytes
            ? file
            : throw new ModelException(path, $"it is cut off: it has {Count(file.Bytes)} bytes and its tensors need {Count(file.NeededBytes)}. Fetch it again.");
    }

    /// <exception cref="ModelException">It holds no model that writes text.</exception>
    internal static void RequireTextModel(string path, GgufFile file)
    {
        if (file.Scalars.GetValueOrDefault("general.type") is { } type and not "model")
            throw new ModelException(path, $"it is of type '{type}', not 'model'; name an adapter as the card's adapter.");
        if (file.Scalars.GetValueOrDefault("tokenizer.ggml.model") is null or "no_vocab" && file.Architecture.Length > 0)
            throw new ModelException(path, "it has no vocabulary; convert the model again, with its tokenizer.");
    }

    /// <summary>The files of the card's adapters, its own first.</summary>
    /// <exception cref="ModelException">One is missing, cut off or no adapter, or its name cannot be used.</exception>
    internal static IReadOnlyList<GgufFile> RequireAdapters(ModelCard card)
    {
        var names = new HashSet<string>(StringComparer.Ordinal);
        foreach (var adapter in card.Adapters)
        {
            if (!AdapterName().IsMatch(adapter.Name) || adapter.Name == AdapterCard.None)
                throw new ModelException(adapter.Path, $"an adapter cannot have the name '{adapter.Name}': 1 to 64 letters, digits and . _ -, and not '{AdapterCard.None}'.");
            if (!names.Add(adapter.Name))
                throw new ModelException(adapter.Path, $"two adapters have the name '{adapter.Name}'; give each its own.");
            if (!float.IsFinite(adapter.Scale))
                throw new ModelException(adapter.Path, $"its scale is {adapter.Scale}; 1 is as it was trained.");
        }
        var paths = card.Adapters.Select(adapter => adapter.Path);
        return [.. (card.AdapterPath is null ? paths : paths.Prepend(card.AdapterPath)).Select(RequireAdapter)];
    }

    private static GgufFile RequireAdapter(string path)
    {
        var file = RequireWhole(path);
        if (file.Scalars.GetValueOrDefault("general.type") is var type and not "adapter")
            throw new ModelException(path, $"it is of type '{type ?? "model"}', not 'adapter'; name the file that convert_lora_to_gguf.py wrote.");
        return file.Entries.ContainsKey("adapter.alora.invocation_tokens")
            ? throw new ModelException(path, "it is an activated LoRA, which counts only from certain tokens of a prompt on; that is not supported. Take a plain LoRA.")
            : file;
    }

    /// <summary>What the card asks for, and no more than the model was trained with.</summary>
    internal static int ContextTokens(GgufFile file, int asked)
    {
        var trained = (int)Math.Clamp(file.Number("context_length") ?? int.MaxValue, 1, 1 << 24);
        return asked > 0 ? Math.Min(asked, trained) : trained;
    }

    /// <param name="cells">Tokens that the memory is to hold.</param>
    /// <param name="available">Bytes.</param>
    /// <exception cref="ModelException">More is needed than there is.</exception>
    internal static void RequireMemory(string path, GgufFile model, IReadOnlyList<GgufFile> adapters, long cells, long available)
    {
        var weights = model.TensorBytes + adapters.Sum(adapter => adapter.TensorBytes);
        var cache = CacheBytes(model, cells);
        var needed = weights + cache + FixedBytes;
        if (needed > available)
        {
            throw new ModelException(path, $"it is too large for this machine: weights {Mega(weights)}, memory of {Count(cells)} tokens {Mega(cache)} and buffers {Mega(FixedBytes)} make {Mega(needed)}, "
                + $"and {Mega(available)} are free. Take a smaller or more strongly quantized model, a smaller context, or stop other programs.");
        }
    }

    /// <summary>Bytes of keys and values: for each token and layer, heads × (key length + value length).</summary>
    internal static long CacheBytes(GgufFile model, long cells)
    {
        if (model.Number("block_count") is not { } layers)
            return 0;
        var heads = model.Number("attention.head_count") ?? 1;
        var cachedHeads = model.Number("attention.head_count_kv") ?? heads;
        var length = (model.Number("embedding_length") ?? 0) / Math.Max(1, heads);
        var numbers = (model.Number("attention.key_length") ?? length) + (model.Number("attention.value_length") ?? length);
        return cells * layers * cachedHeads * numbers * BytesOfKeyOrValue;
    }

    [GeneratedRegex(@"^[A-Za-z0-9._-]{1,64}$", RegexOptions.NonBacktracking)]
    private static partial Regex AdapterName();

    private static string Mega(long bytes) => string.Create(CultureInfo.InvariantCulture, $"{bytes / 1e6:F0} MB");

    private static string Count(long number) => number.ToString("N0", CultureInfo.InvariantCulture);
}
