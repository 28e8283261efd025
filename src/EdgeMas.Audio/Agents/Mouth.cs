using System.Threading.Channels;
using EdgeMas.Audio.Recognition;
using EdgeMas.Core.Skills;
using Microsoft.Extensions.Logging;

namespace EdgeMas.Audio.Agents;

/// <summary>Speaks texts one after another, and knows when it does: the microphones are deaf meanwhile.</summary>
internal sealed partial class Mouth(AudioAgentOptions options)
{
    private const string Part = "voice";
    private const int MaxWaiting = 8;

    private readonly Channel<SayCall> _waiting = Channel.CreateBounded<SayCall>(MaxWaiting);
    private readonly ILogger _logger = options.Logger;
    private volatile bool _speaking;
    private long _deafUntil;

    internal bool IsSpeaking => _speaking || options.DeviceTime.GetTimestamp() < Interlocked.Read(ref _deafUntil);

    /// <summary>Queues a text; nobody waits for it.</summary>
    internal void Say(string text)
    {
        if (CanSpeak && !_waiting.Writer.TryWrite(new SayCall(text, CancellationToken.None)))
            Refuse();
    }

    /// <summary>Speaks a text and returns when it was spoken.</summary>
    internal async ValueTask<SkillOutcome> SayAsync(string text, CancellationToken cancellationToken)
    {
        if (string.IsNullOrWhiteSpace(text))
            return SkillOutcome.Failed("there is nothing to say: the text is empty");
        if (!CanSpeak)
            return SkillOutcome.Done("nobody could hear it: this robot has no voice or no loudspeaker");
        var call = new SayCall(text, cancellationToken);
        if (!_waiting.Writer.TryWrite(call))
        {
            Refuse();
            return SkillOutcome.Failed($"{MaxWaiting} texts wait to be spoken already");
        }
        return await call.Done.Task.WaitAsync(cancellationToken) is { } trouble ? SkillOutcome.Failed(trouble) : SkillOutcome.Done();
    }

    internal async Task RunAsync(CancellationToken cancellationToken)
    {
        await foreach (var call in _waiting.Reader.ReadAllAsync(cancellationToken))
            call.Done.TrySetResult(await SpeakAsync(call, cancellationToken));
    }

    private bool CanSpeak => options is { Synthesizer: not null, Sink: not null };

    /// <returns>What went wrong, or null.</returns>
    private async Task<string?> SpeakAsync(SayCall call, CancellationToken cancellationToken)
    {
        using var limit = new CancellationTokenSource(options.SpeakingLimit, options.DeviceTime);
        using var any = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken, call.Cancellation, limit.Token);
        try
        {
            var clip = await options.Synthesizer!.SynthesizeAsync(call.Text, any.Token);
            _speaking = true;
            await options.Sink!.PlayAsync(clip, any.Token);
            options.Status.CountSpoken();
            options.Status.Recovered(Part);
            return null;
        }
        catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested)
        {
            return call.Cancellation.IsCancellationRequested ? "it was cancelled" : $"it took longer than {options.SpeakingLimit.TotalSeconds:0} s";
        }
        catch (Exception error) when (error is IOException or SpeechEngineException)
        {
            options.Status.Report(Part, error.Message);
            LogNotSpoken(error.Message);
            return error.Message;
        }
        finally
        {
            Interlocked.Exchange(ref _deafUntil, options.DeviceTime.GetTimestamp() + (long)(options.EchoTail.TotalSeconds * options.DeviceTime.TimestampFrequency));
            _speaking = false;
        }
    }

    private void Refuse()
    {
        options.Status.CountRefusedText();
        LogRefused(MaxWaiting);
    }

    [LoggerMessage(Level = LogLevel.Warning, Message = "a text could not be spoken: {Trouble}")]
    private partial void LogNotSpoken(string trouble);

    [LoggerMessage(Level = LogLevel.Warning, Message = "a text to speak is refused: {Waiting} wait already")]
    private partial void LogRefused(int waiting);
}
