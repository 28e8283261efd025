using CsCheck;
using EdgeMas.Inference.Files;
using EdgeMas.Inference.Native;

namespace EdgeMas.Inference.Tests.Files;

public sealed class GgufFileTests
{
    [Fact]
    public void The_head_of_the_planner_says_what_it_is()
    {
        var file = GgufFile.Read(Models.PlannerFile);

        Assert.Equal("qwen2", file.Architecture);
        Assert.Equal(6, file.Number("block_count"));
        Assert.Equal(1024, file.Number("context_length"));
        Assert.Equal(new FileInfo(Models.PlannerFile).Length, file.Bytes);
        Assert.InRange(file.NeededBytes, file.TensorBytes, file.Bytes);
    }

    [Fact]
    public void Every_type_takes_as_many_bytes_as_llama_cpp_says()
    {
        const int Types = 43; // GGML_TYPE_COUNT of v0.5.0
        Models.LoadLibraries();
        for (var type = 0; type < Types; type++)
        {
            var numbers = (int)GgmlApi.ggml_blck_size(type);
            var expected = numbers == 0 ? (0, 0) : (numbers, (int)GgmlApi.ggml_type_size(type));
            Assert.Equal(expected, GgufTensorType.BlockOf((uint)type));
        }
        Assert.Equal((0, 0), GgufTensorType.BlockOf(Types));
    }

    [Fact]
    public void A_damaged_head_is_read_or_refused_and_never_breaks_anything_else()
    {
        var whole = File.ReadAllBytes(Models.PlannerFile).AsSpan(0, 4096).ToArray();
        using var folder = new TemporaryFolder();
        var path = folder.File("damaged.gguf");

        Gen.Select(Gen.Int[4, 400], Gen.Byte).List[1, 8].Sample(
            damage =>
            {
                var bytes = (byte[])whole.Clone();
                foreach (var (at, value) in damage)
                    bytes[at] = value;
                File.WriteAllBytes(path, bytes);
                try
                {
                    return GgufFile.Read(path).NeededBytes > 0;
                }
                catch (GgufException)
                {
                    return true;
                }
            },
            iter: 300,
            threads: 1);
    }
}
