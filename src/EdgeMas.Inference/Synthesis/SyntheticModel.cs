using EdgeMas.Core.Models;
using EdgeMas.Inference.Files;

namespace EdgeMas.Inference.Synthesis;

/// <summary>
/// Writes a GGUF file of a real architecture with random weights: it computes as fast and takes as much memory as a trained one, and whoever wants to measure
/// needs no download. What it writes means nothing. The same shape, seed and vocabulary make the same weights in every format.
/// </summary>
public static class SyntheticModel
{
    private const int ChunkNumbers = 1 << 16; // whole blocks of every format

    private static ReadOnlySpan<byte> Padding => new byte[GgufFile.DefaultAlignment];

    /// <summary>Writes the file beside its place and renames it when it is whole. Takes a few MB of memory.</summary>
    /// <param name="vocabulary">A GGUF file whose vocabulary to take, in its own size; null for a synthetic one.</param>
    /// <param name="progress">Gets bytes written and bytes in all; called on a thread of the pool.</param>
    /// <exception cref="ModelException">Says what is wrong and how to mend it: no such folder, no room, a vocabulary that cannot be used.</exception>
    public static Task WriteAsync(string path, ModelShape shape, WeightFormat format, string? vocabulary, uint seed, Action<long, long>? progress, CancellationToken cancellationToken)
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(path);
        ArgumentNullException.ThrowIfNull(shape);
        ArgumentNullException.ThrowIfNull(format);
        return Task.Run(() => Write(Path.GetFullPath(path), shape, format, vocabulary, seed, progress, cancellationToken), cancellationToken);
    }

    private static void Write(string path, ModelShape shape, WeightFormat format, string? vocabulary, uint seed, Action<long, long>? progress, CancellationToken cancellationToken)
    {
        var head = new GgufHead();
        var sized = AddEntries(head, shape, format, vocabulary);
        foreach (var tensor in sized.Tensors())
            head.AddTensor(tensor.Name, format.TypeOf(tensor), tensor.IsMatrix ? [tensor.Columns, tensor.Rows] : [tensor.Columns], BytesOf(tensor, format));
        var first = head.ToArray();
        var total = first.Length + head.DataBytes;
        RequireRoom(path, total);
        var partial = path + ".part";
        try
        {
            using (var file = new FileStream(partial, FileMode.Create, FileAccess.Write, FileShare.None))
            {
                file.Write(first);
                WriteTensors(file, sized, format, seed, done => progress?.Invoke(done, total), cancellationToken);
                file.Flush(flushToDisk: true);
            }
            File.Move(partial, path, overwrite: true);
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            throw new ModelException(path, $"it cannot be written: {error.Message} Name another file with --out, or make room.", error);
        }
        finally
        {
            File.Delete(partial);
        }
    }

    /// <returns>The shape with as many tokens as the vocabulary has.</returns>
    private static ModelShape AddEntries(GgufHead head, ModelShape shape, WeightFormat format, string? vocabulary)
    {
        var architecture = shape.Architecture;
        head.Add("general.architecture", architecture);
        head.Add("general.type", "model");
        head.Add("general.name", $"random weights in the shape {shape.Name}");
        head.Add("general.file_type", format.FileType);
        head.Add("general.quantization_version", 2u);
        head.Add($"{architecture}.block_count", (uint)shape.Layers);
        head.Add($"{architecture}.context_length", (uint)shape.ContextTokens);
        head.Add($"{architecture}.embedding_length", (uint)shape.Width);
        head.Add($"{architecture}.feed_forward_length", (uint)shape.FeedForward);
        head.Add($"{architecture}.attention.head_count", (uint)shape.Heads);
        head.Add($"{architecture}.attention.layer_norm_rms_epsilon", ModelShape.RmsEpsilon);
        if (architecture == ModelShape.Mamba)
        {
            head.Add($"{architecture}.ssm.conv_kernel", (uint)ModelShape.ConvolutionWidth);
            head.Add($"{architecture}.ssm.inner_size", (uint)shape.InnerWidth);
            head.Add($"{architecture}.ssm.state_size", (uint)ModelShape.StateWidth);
            head.Add($"{architecture}.ssm.time_step_rank", (uint)ModelShape.StepRank);
        }
        else
        {
            head.Add($"{architecture}.attention.head_count_kv", (uint)shape.KeyValueHeads);
            head.Add($"{architecture}.rope.freq_base", ModelShape.RopeBase);
        }
        if (vocabulary is not null)
            return shape with { Tokens = VocabularyCopy.AddTo(head, vocabulary) };
        SyntheticVocabulary.AddTo(head, shape.Tokens);
        return shape;
    }

    private static void WriteTensors(FileStream file, ModelShape shape, WeightFormat format, uint seed, Action<long> progress, CancellationToken cancellationToken)
    {
        var numbers = new float[ChunkNumbers];
        var bytes = new byte[ChunkNumbers * sizeof(float)];
        var index = 0;
        foreach (var tensor in shape.Tensors())
        {
            var noise = new WeightNoise(seed, index++);
            var type = format.TypeOf(tensor);
            for (var left = tensor.Numbers; left > 0; left -= ChunkNumbers)
            {
                cancellationToken.ThrowIfCancellationRequested();
                var chunk = numbers.AsSpan(0, (int)Math.Min(left, ChunkNumbers));
                noise.Fill(chunk, tensor);
                file.Write(bytes, 0, BlockEncoder.Encode(type, chunk, bytes));
            }
            file.Write(Padding[..(int)(GgufHead.Pad(file.Position) - file.Position)]);
            progress(file.Position);
        }
    }

    private static long BytesOf(WeightTensor tensor, WeightFormat format)
    {
        var (numbers, bytes) = GgufTensorType.BlockOf(format.TypeOf(tensor));
        return tensor.Numbers / numbers * bytes;
    }

    private static void RequireRoom(string path, long needed)
    {
        var folder = Path.GetDirectoryName(path);
        if (!Directory.Exists(folder))
            throw new ModelException(path, $"there is no folder {folder}; make it, or name another file with --out.");
        if (Directory.Exists(path))
            throw new ModelException(path, "it is a folder; name a file with --out.");
        var free = new DriveInfo(folder).AvailableFreeSpace;
        if (free < needed)
            throw new ModelException(path, $"it needs {needed >> 20:N0} MB and {free >> 20:N0} MB are free there; make room, or name a file on another disk with --out.");
    }
}
