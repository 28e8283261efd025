using EdgeMas.Audio.VoiceActivity;

namespace EdgeMas.Audio.Tests.VoiceActivity;

public sealed class SoundMomentTests
{
    [Fact]
    public void Levels_are_decibels_below_full_scale()
    {
        short[] sine = [.. TestSound.Sine(440, 16_000, 1_600, amplitude: 1).Select(sample => (short)(sample * short.MaxValue))];
        short[] tenth = [.. sine.Select(sample => (short)(sample / 10))];

        Assert.Equal(-3.01, SoundMoment.LevelOf(sine), 0.05);
        Assert.Equal(-23.01, SoundMoment.LevelOf(tenth), 0.05);
        Assert.Equal(-100, SoundMoment.LevelOf(new short[100]));
    }
}
