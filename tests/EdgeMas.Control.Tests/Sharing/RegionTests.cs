using System.Buffers.Binary;
using EdgeMas.Control.Native;
using EdgeMas.Control.Sharing;

namespace EdgeMas.Control.Tests.Sharing;

public sealed class RegionTests : IDisposable
{
    private readonly string _path = Path.Combine(Path.GetTempPath(), $"edgemas-region-{Guid.NewGuid():N}");

    public void Dispose() => File.Delete(_path);

    [Fact]
    public void What_one_writes_the_other_reads()
    {
        using var one = SharedMemory<CoreLayout>.Create(_path);
        using var other = SharedMemory<CoreLayout>.Open(_path);

        one.Value.Header.Session = 7;

        Assert.Equal(7, other.Value.Header.Session);
    }

    [Theory]
    [InlineData(0, 1, "is no control region")]
    [InlineData(8, 99, "version 99")]
    [InlineData(12, 12345, "claims 12345 bytes")]
    public void A_region_that_is_not_what_it_says_is_refused(int offset, int value, string told)
    {
        SharedMemory<CoreLayout>.Create(_path).Dispose();
        var bytes = File.ReadAllBytes(_path);
        BinaryPrimitives.WriteInt32LittleEndian(bytes.AsSpan(offset), value);
        File.WriteAllBytes(_path, bytes);

        var error = Assert.Throws<RegionException>(() => SharedMemory<CoreLayout>.Open(_path));
        Assert.Contains(told, error.Message, StringComparison.Ordinal);
        Assert.StartsWith(_path, error.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(0)]
    [InlineData(100)]
    [InlineData(1_000_000)]
    public void A_torn_region_is_refused(int length)
    {
        File.WriteAllBytes(_path, new byte[length]);

        Assert.Contains("torn", Assert.Throws<RegionException>(() => SharedMemory<CoreLayout>.Open(_path)).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_region_that_is_not_there_is_named() =>
        Assert.Contains("there is no control region", Assert.Throws<RegionException>(() => SharedMemory<CoreLayout>.Open(_path)).Message, StringComparison.Ordinal);
}
