using System.Text;
using CsCheck;
using EdgeMas.Devices.Serial;

namespace EdgeMas.Devices.Tests.Serial;

public sealed class LineSplitterTests
{
    private const int Longest = 12;

    [Theory]
    [InlineData("a\r\nbc\n\r\n\nd", new[] { "a", "bc" }, 0)]
    [InlineData("123456789012\n1234567890123\nx\n", new[] { "123456789012", "x" }, 1)]
    [InlineData("without an end", new string[0], 1)]
    [InlineData("\n\r\n\r\r\n", new string[0], 0)]
    public void Lines_are_what_stands_between_ends_and_no_longer_than_they_may_be(string text, string[] expected, long tooLong)
    {
        var splitter = new LineSplitter(Longest);

        Assert.Equal(expected, Split(splitter, Encoding.Latin1.GetBytes(text)));
        Assert.Equal(tooLong, splitter.TooLong);
    }

    [Fact]
    public void However_the_bytes_are_cut_the_lines_are_the_same() =>
        Gen.Select(Gen.OneOf(Gen.Const((byte)'\n'), Gen.Const((byte)'\r'), Gen.Byte).Array[0, 200], Gen.Int[1, 40].Array[1, 10]).Sample((bytes, cuts) =>
        {
            var whole = new LineSplitter(Longest);
            var cut = new LineSplitter(Longest);
            var expected = Split(whole, bytes);
            var pieces = new List<string>();
            for (int at = 0, i = 0; at < bytes.Length; i++)
            {
                var length = Math.Min(cuts[i % cuts.Length], bytes.Length - at);
                pieces.AddRange(Split(cut, bytes.AsSpan(at, length)));
                at += length;
            }
            Assert.Equal(expected, pieces);
            Assert.Equal(whole.TooLong, cut.TooLong);
            Assert.All(pieces, line => Assert.InRange(line.Length, 1, Longest));
        });

    [Fact]
    public void A_flood_without_an_end_allocates_nothing()
    {
        var splitter = new LineSplitter(Longest);
        var flood = new byte[4096];
        Take(splitter, flood);
        var before = GC.GetAllocatedBytesForCurrentThread();
        for (var i = 0; i < 1000; i++)
            Take(splitter, flood);

        Assert.Equal(0, GC.GetAllocatedBytesForCurrentThread() - before);
        Assert.Equal(1, splitter.TooLong);
    }

    private static void Take(LineSplitter splitter, byte[] flood)
    {
        ReadOnlySpan<byte> bytes = flood;
        splitter.TryTake(ref bytes, out _);
    }

    private static List<string> Split(LineSplitter splitter, ReadOnlySpan<byte> bytes)
    {
        var lines = new List<string>();
        while (splitter.TryTake(ref bytes, out var line))
            lines.Add(Encoding.Latin1.GetString(line));
        Assert.True(bytes.IsEmpty);
        return lines;
    }
}
