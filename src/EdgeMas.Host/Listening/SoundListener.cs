using System.Threading.Channels;
using EdgeMas.Audio.VoiceActivity;
using EdgeMas.Core.Speech;

namespace EdgeMas.Host.Listening;

/// <summary>
/// Hears sounds to their end, one after the other: level, speech, words. Recognizing runs beside listening, so that a microphone is not left waiting; for the
/// same reason it is made before a microphone is opened, as its model takes time to load.
/// </summary>
internal sealed class SoundListener(ISpeechRecognizer recognizer, SegmenterOptions segmenter) : IDisposable
{
    private const int MaxWaiting = 4;

    private readonly SileroVad _detector = new();

    /// <param name="onMoment">Called for each block of sound, on another thread; null for none.</param>
    /// <param name="onHeard">Called for each utterance, on another thread.</param>
    /// <exception cref="IOException">The source failed.</exception>
    public async Task ListenAsync(IAudioSource source, Action<SoundMoment>? onMoment, Action<HeardSpeech> onHeard, CancellationToken cancellationToken)
    {
        var utterances = Channel.CreateBounded<(TimeSpan At, AudioClip Clip)>(MaxWaiting);
        using var failed = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        var listening = Task.Run(() => FindAsync(source, onMoment, utterances.Writer, failed.Token), CancellationToken.None);
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

    public void Dispose() => _detector.Dispose();

    private async Task FindAsync(IAudioSource source, Action<SoundMoment>? onMoment, ChannelWriter<(TimeSpan At, AudioClip Clip)> found, CancellationToken cancellationToken)
    {
        try
        {
            var (now, start) = (TimeSpan.Zero, (TimeSpan?)null);
            await foreach (var clip in Utterances.ReadAsync(source, _detector, segmenter, Follow, cancellationToken))
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
