using EdgeMas.Audio.Files;

namespace EdgeMas.Audio.Tests.Files;

/// <summary>Alone: it measures the memory of the process.</summary>
[Collection(AloneCollection.Name)]
public sealed class LongFileTests : IDisposable
{
    private readonly TempFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task Ten_minutes_are_read_with_bounded_memory()
    {
        var file = _folder.File("long.wav");
        await using (var stream = File.Create(file))
        {
            stream.Write(TestSound.Wav(1, 16, 1, 16_000, [], claimedBytes: 600 * 32_000));
            stream.SetLength(44 + (600 * 32_000)); // 19 MB, sparse
        }
        await using var source = new WavAudioSource(file);
        var block = new short[1_600];
        var before = GC.GetTotalAllocatedBytes(precise: true);

        var total = 0;
        while (await source.ReadAsync(block, TestContext.Current.CancellationToken) is var read and > 0)
            total += read;

        Assert.Equal(600 * 16_000, total);
        Assert.InRange(GC.GetTotalAllocatedBytes(precise: true) - before, 0, 8_000_000); // the file is 19 MB
    }
}
