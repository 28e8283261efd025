using System.Globalization;

namespace EdgeMas.Inference.Files;

/// <summary>
/// The head of a GGUF file: what it says about itself and how far its tensors reach. Read before the file goes to llama.cpp, which maps it into memory and
/// would be killed by a page that is not there. Source of the format: ggml's <c>docs/gguf.md</c>, versions 2 and 3, little-endian.
/// </summary>
/// <param name="Bytes">Size of the file.</param>
/// <param name="TensorBytes">Bytes of all tensors.</param>
/// <param name="NeededBytes">Where the last tensor ends.</param>
/// <param name="Scalars">Numbers, truth values and short texts by key, as invariant text. Of an array of numbers, the largest.</param>
/// <param name="Lengths">How many elements each array of texts has, by key.</param>
/// <param name="Entries">Where each metadata entry lies in the file, its key included.</param>
/// <param name="Tensors">In the file's order.</param>
internal sealed record GgufFile(
    long Bytes,
    long TensorBytes,
    long NeededBytes,
    IReadOnlyDictionary<string, string> Scalars,
    IReadOnlyDictionary<string, int> Lengths,
    IReadOnlyDictionary<string, (long Offset, long Bytes)> Entries,
    IReadOnlyList<GgufTensor> Tensors)
{
    internal const uint Version = 3;
    internal const int DefaultAlignment = 32;

    internal const uint Magic = 0x46554747; // "GGUF"

    /// <summary>Key of the vocabulary.</summary>
    internal const string TokensKey = "tokenizer.ggml.tokens";

    private const int MaxEntries = 1 << 20;
    private const int MaxDimensions = 4;

    internal string Architecture => Scalars.GetValueOrDefault("general.architecture", "");

    /// <summary>A whole number of the architecture's own, such as <c>block_count</c>; null when it is not there.</summary>
    internal long? Number(string key) =>
        Scalars.TryGetValue($"{Architecture}.{key}", out var text) && long.TryParse(text, CultureInfo.InvariantCulture, out var number) ? number : null;

    /// <exception cref="GgufException">It is not GGUF, or not a whole one.</exception>
    /// <exception cref="IOException">It cannot be read.</exception>
    internal static GgufFile Read(string path)
    {
        using var stream = new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.Read, bufferSize: 1 << 16);
        var reader = new GgufReader(stream);
        try
        {
            return ReadHead(reader);
        }
        catch (OverflowException)
        {
            throw new GgufException("its tensors are larger than any file");
        }
        catch (EndOfStreamException)
        {
            throw new GgufException($"it is cut off: it ends within its head, after {stream.Length} bytes");
        }
    }

    private static GgufFile ReadHead(GgufReader reader)
    {
        if (reader.Length < 4 || reader.ReadUInt32() != Magic)
            throw new GgufException("it is no GGUF file: it does not begin with 'GGUF'");
        var version = reader.ReadUInt32();
        if (version is not (2 or Version))
            throw new GgufException($"its GGUF version is {version}; versions 2 and 3 are known");
        var tensors = reader.ReadCount(MaxEntries, "tensors");
        var entries = reader.ReadCount(MaxEntries, "metadata entries");
        var scalars = new Dictionary<string, string>(StringComparer.Ordinal);
        var lengths = new Dictionary<string, int>(StringComparer.Ordinal);
        var places = new Dictionary<string, (long Offset, long Bytes)>(StringComparer.Ordinal);
        for (var i = 0; i < entries; i++)
        {
            var from = reader.Position;
            var key = reader.ReadText();
            if (key.Length == 0)
                throw new GgufException("it has a metadata entry without a name");
            var (value, texts) = reader.ReadValue(distinct: key == TokensKey ? key : null); // llama.cpp ends the process where a token is repeated
            if (value is not null)
                scalars[key] = value;
            if (texts is { } count)
                lengths[key] = count;
            places[key] = (from, reader.Position - from);
        }

        long sum = 0;
        long end = 0;
        var infos = new List<GgufTensor>();
        for (var i = 0; i < tensors; i++)
        {
            var tensor = ReadTensor(reader);
            sum = checked(sum + tensor.Bytes);
            end = Math.Max(end, checked(tensor.Offset + tensor.Bytes));
            infos.Add(tensor);
        }
        var alignment = scalars.TryGetValue("general.alignment", out var text) && int.TryParse(text, CultureInfo.InvariantCulture, out var given) && given > 0 ? given : DefaultAlignment;
        var data = (reader.Position + alignment - 1) / alignment * alignment;
        return new GgufFile(
            reader.Length,
            sum,
            tensors == 0 ? reader.Position : data + end,
            scalars,
            lengths,
            places,
            [.. infos.Select(tensor => tensor with { Offset = data + tensor.Offset })]);
    }

    /// <summary>Its offset counts from the first tensor still.</summary>
    private static GgufTensor ReadTensor(GgufReader reader)
    {
        var name = reader.ReadText();
        var dimensions = reader.ReadUInt32();
        if (dimensions > MaxDimensions)
            throw new GgufException($"tensor '{name}' has {dimensions} dimensions; at most {MaxDimensions} are known");
        UInt128 numbers = 1;
        for (var i = 0; i < dimensions; i++)
        {
            numbers *= reader.ReadUInt64();
            if (numbers > long.MaxValue)
                throw new GgufException($"tensor '{name}' is larger than any file");
        }
        var type = reader.ReadUInt32();
        var offset = reader.ReadUInt64();
        var block = GgufTensorType.BlockOf(type);
        if (block.Numbers == 0)
            throw new GgufException($"tensor '{name}' has type {type}, which llama.cpp v0.5.0 does not know");
        var bytes = numbers / (UInt128)block.Numbers * (UInt128)block.Bytes;
        if (bytes > long.MaxValue / 4 || offset > long.MaxValue / 4)
            throw new GgufException($"tensor '{name}' is larger than any file");
        return new GgufTensor(name, type, (long)offset, (long)bytes);
    }
}
