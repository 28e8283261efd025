using System.Runtime.CompilerServices;
using EdgeMas.Core.Speech;

namespace EdgeMas.Audio.VoiceActivity;

/// <summary>Speech out of sound.</summary>
public static class Utterances
{
    private const int ReadSamples = 1_600; // 0.1 s: a microphone's utterance is noticed this soon

    /// <summary>
    /// Yields each utterance as soon as it ends; at the end of the source also the one still open. Reads one block at a time and keeps at most one utterance:
    /// memory is bounded whatever the source's length.
    /// </summary>
    /// <param name="source">16 kHz. Not disposed.</param>
    /// <param name="detector">Reset first; not disposed.</param>
    /// <exception cref="ArgumentException">The source has another rate, or the options do not fit together.</exception>
    public static IAsyncEnumerable<AudioClip> ReadAsync(
        IAudioSource source, IVoiceActivityDetector detector, SegmenterOptions options, CancellationToken cancellationToken) =>
        ReadAsync(source, detector, options, onMoment: null, cancellationToken);

    /// <param name="onMoment">Called after each block that was listened to; null for none.</param>
    /// <inheritdoc cref="ReadAsync(IAudioSource, IVoiceActivityDetector, SegmenterOptions, CancellationToken)"/>
    public static async IAsyncEnumerable<AudioClip> ReadAsync(
        IAudioSource source, IVoiceActivityDetector detector, SegmenterOptions options, Action<SoundMoment>? onMoment, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        if (source.SampleRate != AudioRates.Speech)
            throw new ArgumentException($"'{source.Name}' has {source.SampleRate:N0} samples a second, {AudioRates.Speech:N0} are expected", nameof(source));
        var segmenter = new SpeechSegmenter(options);
        var window = new short[detector.WindowSamples];
        var block = new short[ReadSamples];
        var filled = 0;
        var heard = 0L;
        detector.Reset();
        while (await source.ReadAsync(block, cancellationToken) is var read and > 0)
        {
            heard += read;
            for (var at = 0; at < read;)
            {
                var taken = Math.Min(read - at, window.Length - filled);
                block.AsSpan(at, taken).CopyTo(window.AsSpan(filled));
                at += taken;
                filled += taken;
                if (filled < window.Length)
                    continue;
                filled = 0;
                cancellationToken.ThrowIfCancellationRequested();
                if (segmenter.Add(window, detector.Probability(window)) is { } utterance)
                    yield return utterance;
            }
            onMoment?.Invoke(new SoundMoment(TimeSpan.FromSeconds((double)heard / AudioRates.Speech), SoundMoment.LevelOf(block.AsSpan(0, read)), segmenter.IsSpeaking));
        }
        window.AsSpan(filled).Clear();
        if (filled > 0 && segmenter.Add(window, detector.Probability(window)) is { } last)
            yield return last;
        if (segmenter.Flush() is { } open)
            yield return open;
    }
}
