using System.Runtime.InteropServices;
using EdgeMas.Audio.Files;

namespace EdgeMas.Audio.Tests.Files;

public sealed class RawAudioSourceTests
{
    [Fact]
    public async Task Samples_come_as_they_are()
    {
        using var folder = new TempFolder();
        short[] samples = [.. Enumerable.Range(0, 10_000).Select(i => (short)(i * 7))];
        await using var source = new RawAudioSource(folder.Write("a.raw", MemoryMarshal.AsBytes<short>(samples).ToArray()));

        Assert.Equal(samples, await TestSound.ReadAllAsync(source));
    }

    [Fact]
    public async Task An_empty_file_is_the_end_of_the_sound()
    {
        using var folder = new TempFolder();
        await using var source = new RawAudioSource(folder.Write("a.raw", []));

        Assert.Empty(await TestSound.ReadAllAsync(source));
    }
}
