using System.Threading.Channels;
using EdgeMas.Audio.VoiceActivity;
using Microsoft.Extensions.Logging;

namespace EdgeMas.Audio.Agents;

/// <summary>Finds utterances in the microphones' and the given sounds and hands them on. A microphone that fails is opened again, later and later.</summary>
internal sealed partial class Listener(AudioAgentOptions options, ChannelWriter<Utterance> utterances, Func<bool> isMuted)
{
    private static readonly TimeSpan FirstBackoff = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan LongestBackoff = TimeSpan.FromSeconds(30);

    private readonly ILogger _logger = options.Logger;

    internal async Task HearMicrophoneAsync(Microphone microphone, CancellationToken cancellationToken)
    {
        var part = $"microphone {microphone.Name}";
        var backoff = FirstBackoff;
        while (true)
        {
            var trouble = "its sound has ended";
            try
            {
                // The detector first: its model takes time to load, and an open microphone keeps no more than 2 s for whoever is late.
                using var detector = options.CreateDetector();
                await using var source = await Task.Run(microphone.Open, cancellationToken);
                await using var muted = new MutedSource(source, isMuted);
                await foreach (var clip in Utterances.ReadAsync(muted, detector, options.Segmenter, _ => options.Status.Recovered(part), cancellationToken))
                {
                    backoff = FirstBackoff;
                    if (!utterances.TryWrite(new Utterance(clip, "microphone")))
                        Drop(microphone.Name);
                }
            }
            catch (IOException error)
            {
                trouble = error.Message;
            }
            options.Status.Report(part, trouble);
            LogMicrophoneGone(microphone.Name, trouble, backoff.TotalSeconds);
            await Task.Delay(backoff, options.DeviceTime, cancellationToken);
            backoff = backoff * 2 < LongestBackoff ? backoff * 2 : LongestBackoff;
        }
    }

    internal async Task HearGivenAsync(CancellationToken cancellationToken)
    {
        await foreach (var sound in options.Feed.Waiting.ReadAllAsync(cancellationToken))
        {
            using var either = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken, sound.Cancellation);
            try
            {
                sound.Heard.TrySetResult(await HearAsync(sound, either.Token));
            }
            catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested)
            {
                sound.Heard.TrySetCanceled(sound.Cancellation);
            }
            catch (Exception error) when (error is IOException or ArgumentException)
            {
                sound.Heard.TrySetException(error); // the sound is at fault, not the agent: whoever gave it is told
            }
            catch (Exception error)
            {
                sound.Heard.TrySetException(new InvalidOperationException($"the audio agent ended while it heard '{sound.Source.Name}'", error));
                throw;
            }
        }
    }

    private async Task<int> HearAsync(GivenSound sound, CancellationToken cancellationToken)
    {
        await using var source = sound.Source;
        using var detector = options.CreateDetector();
        var found = 0;
        await foreach (var clip in Utterances.ReadAsync(source, detector, options.Segmenter, cancellationToken))
        {
            var utterance = new Utterance(clip, source.Name);
            await utterances.WriteAsync(utterance, cancellationToken);
            await utterance.Done.Task.WaitAsync(cancellationToken);
            found++;
        }
        return found;
    }

    private void Drop(string microphone)
    {
        options.Status.CountDroppedUtterance();
        LogDropped(microphone);
    }

    [LoggerMessage(Level = LogLevel.Warning, Message = "microphone '{Name}': {Trouble}; trying again in {Seconds} s")]
    private partial void LogMicrophoneGone(string name, string trouble, double seconds);

    [LoggerMessage(Level = LogLevel.Warning, Message = "microphone '{Name}': an utterance was dropped, the recognizer is too slow")]
    private partial void LogDropped(string name);
}
