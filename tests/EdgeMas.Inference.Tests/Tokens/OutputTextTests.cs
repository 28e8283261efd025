using System.Text;
using CsCheck;
using EdgeMas.Inference.Tokens;

namespace EdgeMas.Inference.Tests.Tokens;

public sealed class OutputTextTests
{
    [Fact]
    public void Pieces_passed_on_are_whole_characters_and_make_the_text() =>
        Gen.Select(Gen.OneOf(Gen.Byte.Array[0, 60], Gen.String.Select(Encoding.UTF8.GetBytes)), Gen.Int[1, 4]).Sample((bytes, step) =>
        {
            var heard = new List<string>();
            var text = new OutputText();
            text.Begin([], heard.Add);
            for (var i = 0; i < bytes.Length; i += step)
                text.Append(bytes.AsSpan(i, Math.Min(step, bytes.Length - i)));
            text.End();
            return string.Concat(heard) == text.Text && text.Text == Encoding.UTF8.GetString(bytes) && heard.All(piece => piece.Length > 0);
        });

    [Fact]
    public void A_character_in_parts_is_passed_on_when_it_is_whole()
    {
        var heard = new List<string>();
        var text = new OutputText();
        text.Begin([], heard.Add);
        foreach (var part in "aé漢🚀"u8.ToArray())
            text.Append([part]);

        Assert.Equal(["a", "é", "漢", "🚀"], heard);
    }

    [Fact]
    public void A_stop_text_ends_the_output_and_is_no_part_of_it()
    {
        var heard = new List<string>();
        var text = new OutputText();
        text.Begin(["END", "\n\n"], heard.Add);

        Assert.False(text.Append("one E"u8));
        Assert.False(text.Append("N two E"u8));
        Assert.False(text.Append("N"u8));
        Assert.True(text.Append("D three\n\n"u8));
        text.End();

        Assert.Equal("one EN two ", text.Text);
        Assert.Equal("one EN two ", string.Concat(heard));
    }

    [Fact]
    public void The_first_of_several_stop_texts_counts() =>
        Gen.Select(Gen.String[Gen.Char["ab"], 0, 20], Gen.String[Gen.Char["ab"], 1, 3].Array[1, 3], Gen.Int[1, 5]).Sample((output, stops, step) =>
        {
            var heard = new StringBuilder();
            var text = new OutputText();
            text.Begin(stops, piece => heard.Append(piece));
            var bytes = Encoding.UTF8.GetBytes(output);
            var stopped = false;
            for (var i = 0; i < bytes.Length && !stopped; i += step)
                stopped = text.Append(bytes.AsSpan(i, Math.Min(step, bytes.Length - i)));
            text.End();
            return text.Text == heard.ToString() && (stopped
                ? stops.All(stop => !text.Text.Contains(stop, StringComparison.Ordinal)) && stops.Any(stop => output.StartsWith(text.Text + stop, StringComparison.Ordinal))
                : text.Text == output && stops.All(stop => !output.Contains(stop, StringComparison.Ordinal)));
        });

    [Fact]
    public void Used_again_it_begins_empty()
    {
        var text = new OutputText();
        text.Begin(["x"], onText: null);
        text.Append("abc"u8);

        text.Begin([], onText: null);
        text.Append("xy"u8);

        Assert.Equal("xy", text.Text);
    }
}
