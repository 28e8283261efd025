using CsCheck;
using EdgeMas.Audio.VoiceActivity;
using EdgeMas.Core.Speech;

namespace EdgeMas.Audio.Tests.VoiceActivity;

public sealed class SpeechSegmenterTests
{
    private const int Window = 512;

    [Fact]
    public void An_utterance_has_its_pre_roll_and_a_little_silence()
    {
        var utterances = Cut(new SegmenterOptions(), (50, 0f), (31, 0.9f), (50, 0f));

        var utterance = Assert.Single(utterances);
        Assert.Equal(0.3 + (31 * 0.032) + 0.25, utterance.Duration.TotalSeconds, 0.04);
    }

    [Fact]
    public void A_pause_shorter_than_the_hangover_does_not_cut() =>
        Assert.Single(Cut(new SegmenterOptions(), (20, 0.9f), (15, 0f), (20, 0.9f), (40, 0f)));

    [Fact]
    public void A_longer_pause_makes_two() =>
        Assert.Equal(2, Cut(new SegmenterOptions(), (20, 0.9f), (30, 0f), (20, 0.9f), (40, 0f)).Count);

    [Fact]
    public void A_click_is_dropped() => Assert.Empty(Cut(new SegmenterOptions(), (20, 0f), (2, 0.9f), (40, 0f)));

    [Fact]
    public void Between_release_and_onset_speech_goes_on_but_does_not_begin()
    {
        Assert.Empty(Cut(new SegmenterOptions(), (50, 0.45f), (40, 0f)));
        var utterance = Assert.Single(Cut(new SegmenterOptions(), (10, 0.9f), (50, 0.45f), (40, 0f)));
        Assert.InRange(utterance.Duration.TotalSeconds, 1.9, 2.3);
    }

    [Fact]
    public void What_is_still_being_said_at_the_end_is_an_utterance() => Assert.Single(Cut(new SegmenterOptions(), (20, 0f), (20, 0.9f)));

    [Fact]
    public void Endless_speech_is_cut_and_nothing_of_it_lost()
    {
        var options = new SegmenterOptions { MaxUtterance = TimeSpan.FromSeconds(5), PreRoll = TimeSpan.Zero };

        var utterances = Cut(options, (1_000, 0.9f));

        Assert.All(utterances, utterance => Assert.InRange(utterance.Duration.TotalSeconds, 0, 5));
        Assert.Equal(1_000 * Window, utterances.Sum(utterance => utterance.Samples.Length));
    }

    [Fact]
    public void Whatever_the_probabilities_utterances_are_bounded_in_order_and_apart() =>
        Gen.Select(Gen.Float[0, 1].Array[0, 400], Gen.Int[100, 3_000]).Sample((probabilities, milliseconds) =>
        {
            var options = new SegmenterOptions { MaxUtterance = TimeSpan.FromMilliseconds(400 + milliseconds) };
            var segmenter = new SpeechSegmenter(options);
            var window = new short[Window];
            var last = -1;
            foreach (var probability in probabilities)
            {
                for (var i = 0; i < Window; i++)
                    window[i]++; // every sample tells its window
                Check(segmenter.Add(window, probability));
            }
            Check(segmenter.Flush());

            void Check(AudioClip? utterance)
            {
                if (utterance is null)
                    return;
                Assert.InRange(utterance.Samples.Length, 1, (int)(options.MaxUtterance.TotalSeconds * 16_000));
                for (var i = 1; i < utterance.Samples.Length; i++)
                    Assert.InRange(utterance.Samples[i] - utterance.Samples[i - 1], 0, 1); // without a gap
                Assert.True(utterance.Samples[^1] > last);
                last = utterance.Samples[^1];
            }
        });

    [Fact]
    public void Options_that_do_not_fit_together_are_refused()
    {
        Assert.Throws<ArgumentException>(() => new SpeechSegmenter(new SegmenterOptions { MaxUtterance = TimeSpan.FromSeconds(31) }));
        Assert.Throws<ArgumentException>(() => new SpeechSegmenter(new SegmenterOptions { Onset = 0 }));
        Assert.Throws<ArgumentException>(() => new SpeechSegmenter(new SegmenterOptions { Hangover = TimeSpan.FromSeconds(-1) }));
    }

    private static List<AudioClip> Cut(SegmenterOptions options, params (int Windows, float Probability)[] parts)
    {
        var segmenter = new SpeechSegmenter(options);
        var utterances = new List<AudioClip>();
        var window = new short[Window];
        foreach (var (windows, probability) in parts)
        {
            for (var i = 0; i < windows; i++)
            {
                if (segmenter.Add(window, probability) is { } utterance)
                    utterances.Add(utterance);
            }
        }
        if (segmenter.Flush() is { } last)
            utterances.Add(last);
        return utterances;
    }
}
