using System.Threading.Channels;
using EdgeMas.Audio.VoiceActivity;
using EdgeMas.Core.Speech;

namespace EdgeMas.Host.Listening;

/// <summary>Hears one sound to its end: level, speech, words. Recognizing runs beside listening, so that a microphone is not left waiting.</summary>
internal sealed class SoundListener(ISpeechRecognizer recognizer, SegmenterOptions segmenter)
{
    private const int MaxWaiting = 4;

    /// <param name="onMoment">Called for each block of sound; null for none.</param>
    /// <param name="onHeard">Called for each utterance, on another thread.</param>
    /// <exception cref="IOException">The source failed.</exception>
    public async Task ListenAsync(IAudioSource source, Action<SoundMoment>? onMoment, Action<HeardSpeech> onHeard, CancellationToken cancellationToken)
    {
        var utterances = Channel.CreateBounded<(TimeSpan At, AudioClip Clip)>(MaxWaiting);
        using var failed = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        var listening = FindAsync(source, onMoment, utterances.Writer, failed.Token);
        try
        {
            await foreach (var (at, clip) in utterances.Reader.ReadAllAsync(cancellationToken))
            {
                var began = TimeProvider.System.GetTimestamp();
                var transcript = await recognizer.RecognizeAsync(clip.Samples, cancellationToken);
                onHeard(new HeardSpeech(at, clip.Duration, transcript.Text, transcript.Confidence, TimeProvider.System.GetElapsedTime(began).TotalSeconds));
            }
        }
        finally
        {
            await failed.CancelAsync(); // nothing to cancel where the sound has ended
            await listening.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }
    }

    private async Task FindAsync(IAudioSource source, Action<SoundMoment>? onMoment, ChannelWriter<(TimeSpan At, AudioClip Clip)> found, CancellationToken cancellationToken)
    {
        try
        {
            using var detector = new SileroVad();
            var (now, start) = (TimeSpan.Zero, (TimeSpan?)null);
            await foreach (var clip in Utterances.ReadAsync(source, detector, segmenter, Follow, cancellationToken))
            {
                await found.WriteAsync((start ?? now, clip), cancellationToken);
                start = null;
            }
            found.Complete();

            void Follow(SoundMoment moment)
            {
                start = moment.IsSpeech ? start ?? now : null;
                now = moment.At;
                onMoment?.Invoke(moment);
            }
        }
#pragma warning disable CA1031 // handed to the reader
        catch (Exception error)
#pragma warning restore CA1031
        {
            found.Complete(error);
        }
    }
}
