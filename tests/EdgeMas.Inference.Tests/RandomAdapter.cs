using System.Runtime.InteropServices;
using EdgeMas.Inference.Files;

namespace EdgeMas.Inference.Tests;

/// <summary>Writes LoRA adapters with random weights for the attention of a model. Source of the format: llama.cpp v0.5.0, <c>convert_lora_to_gguf.py</c>.</summary>
internal static class RandomAdapter
{
    private const int Rank = 4;

    /// <param name="strength">Spread of the second factor: how far outputs move away from the model's own.</param>
    internal static string Write(string path, string model, int seed, float strength = 1.5f, Action<GgufHead>? add = null)
    {
        var file = GgufFile.Read(model);
        var width = (int)file.Number("embedding_length")!.Value;
        var head = new GgufHead();
        head.Add("general.architecture", file.Architecture);
        head.Add("general.type", "adapter");
        head.Add("adapter.type", "lora");
        head.Add("adapter.lora.alpha", (float)Rank);
        add?.Invoke(head);
        var random = new Random(seed);
        var data = new MemoryStream();
        for (var layer = 0; layer < file.Number("block_count"); layer++)
        {
            foreach (var tensor in (string[])[$"blk.{layer}.attn_q.weight", $"blk.{layer}.attn_output.weight"])
            {
                Add(tensor + ".lora_a", [width, Rank], MathF.Sqrt(3f / width));
                Add(tensor + ".lora_b", [Rank, width], strength);
            }
        }
        File.WriteAllBytes(path, [.. head.ToArray(), .. data.ToArray()]);
        return path;

        void Add(string name, int[] dimensions, float spread)
        {
            var numbers = new float[dimensions[0] * dimensions[1]];
            foreach (ref var number in numbers.AsSpan())
                number = ((random.NextSingle() * 2) - 1) * spread;
            var bytes = MemoryMarshal.AsBytes(numbers.AsSpan());
            head.AddTensor(name, GgufTensorType.F32, dimensions, bytes.Length);
            data.Write(bytes);
            data.SetLength(GgufHead.Pad(data.Length));
            data.Position = data.Length;
        }
    }
}
