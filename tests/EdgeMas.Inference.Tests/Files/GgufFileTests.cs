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

    [Theory]
    [InlineData("a", "b", "a")]
    [InlineData("a", "b\0c", "b\0d")] // llama.cpp reads a token up to its zero
    public void A_vocabulary_with_a_token_twice_is_refused_before_llama_cpp_ends_the_process(params string[] tokens)
    {
        var error = Assert.Throws<GgufException>(() => HeadWith(GgufFile.TokensKey, tokens));

        Assert.Contains($"the second time as number {tokens.Length - 1}", error.Message);
    }

    [Fact]
    public void Tokens_may_be_empty_and_other_texts_may_repeat()
    {
        Assert.Equal(4, HeadWith(GgufFile.TokensKey, ["", "a", "", "b"]).Lengths[GgufFile.TokensKey]);
        Assert.Equal(2, HeadWith("tokenizer.ggml.merges", ["a b", "a b"]).Lengths["tokenizer.ggml.merges"]);
    }

    [Fact]
    public void An_entry_without_a_name_is_refused() => Assert.Throws<GgufException>(() => HeadWith("", ["a"]));

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

    private static GgufFile HeadWith(string key, string[] texts)
    {
        var head = new GgufHead();
        head.Add(key, texts);
        using var folder = new TemporaryFolder();
        File.WriteAllBytes(folder.File("head.gguf"), head.ToArray());
        return GgufFile.Read(folder.File("head.gguf"));
    }
}
