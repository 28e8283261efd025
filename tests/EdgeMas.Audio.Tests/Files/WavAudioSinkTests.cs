using EdgeMas.Audio.Files;
using EdgeMas.Core.Speech;

namespace EdgeMas.Audio.Tests.Files;

public sealed class WavAudioSinkTests : IDisposable
{
    private readonly TempFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task Clips_follow_one_another_and_the_file_is_whole_after_each()
    {
        var file = _folder.File("out.wav");
        await using var sink = new WavAudioSink(file);
        await sink.PlayAsync(new AudioClip([1, 2, 3], 16_000), TestContext.Current.CancellationToken);
        await sink.PlayAsync(new AudioClip([4, 5], 16_000), TestContext.Current.CancellationToken);

        await using var source = new WavAudioSource(_folder.Write("copy.wav", await ReadSharedAsync(file)));

        Assert.Equal([1, 2, 3, 4, 5], await TestSound.ReadAllAsync(source));
        Assert.False(source.IsTruncated);
    }

    [Fact]
    public async Task A_clip_of_another_rate_is_refused()
    {
        await using var sink = new WavAudioSink(_folder.File("out.wav"));
        await sink.PlayAsync(new AudioClip([1], 16_000), TestContext.Current.CancellationToken);

        var error = await Assert.ThrowsAsync<AudioFileException>(async () => await sink.PlayAsync(new AudioClip([1], 22_050), TestContext.Current.CancellationToken));

        Assert.Contains("16,000 Hz", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_missing_folder_is_named() => Assert.Throws<AudioFileException>(() => new WavAudioSink(_folder.File("none/out.wav")));

    private static async Task<byte[]> ReadSharedAsync(string file)
    {
        await using var stream = new FileStream(file, FileMode.Open, FileAccess.Read, FileShare.ReadWrite);
        var bytes = new byte[stream.Length];
        await stream.ReadExactlyAsync(bytes, TestContext.Current.CancellationToken);
        return bytes;
    }
}
