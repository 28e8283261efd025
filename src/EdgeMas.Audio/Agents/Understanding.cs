using System.Threading.Channels;
using EdgeMas.Core.Agents;
using EdgeMas.Core.Bus;
using EdgeMas.Core.Events;
using EdgeMas.Core.Messages;
using EdgeMas.Core.Skills;
using Microsoft.Extensions.Logging;

namespace EdgeMas.Audio.Agents;

/// <summary>Takes utterances one by one to the recognizer and publishes what it heard, also when that was nothing.</summary>
internal sealed partial class Understanding(AudioAgentOptions options, ChannelReader<Utterance> utterances)
{
    private readonly ILogger _logger = options.Logger;
    private IReadOnlyList<SkillDescriptor> _skills = [];
    private IReadOnlyList<string> _places = [];
    private bool _hasVocabulary;

    internal async Task RunAsync(AgentContext context, CancellationToken cancellationToken)
    {
        await foreach (var utterance in utterances.ReadAllAsync(cancellationToken))
        {
            await UnderstandAsync(utterance, context, cancellationToken);
            utterance.Done.TrySetResult();
        }
    }

    private async Task UnderstandAsync(Utterance utterance, AgentContext context, CancellationToken cancellationToken)
    {
        using var hold = options.Brake.Hold();
        Refresh(context.Registry);
        var started = TimeProvider.System.GetTimestamp(); // computing takes real time, also in a virtual world
        var transcript = await options.Recognizer.RecognizeAsync(utterance.Clip.Samples, cancellationToken).AsTask()
            .WaitAsync(options.RecognitionLimit, TimeProvider.System, cancellationToken);
        var seconds = TimeProvider.System.GetElapsedTime(started).TotalSeconds;
        options.Status.CountUtterance(transcript.Text.Length > 0);
        LogHeard(utterance.Source, transcript.Text, transcript.Confidence, utterance.Clip.Duration.TotalSeconds, seconds);
        var heard = new SpeechHeard(
            transcript.Text, transcript.Confidence, options.Recognizer.Name, utterance.Clip.Duration.TotalSeconds, seconds, utterance.Source);
        context.Publish(context.Topics.SpeechHeard, MessageTypes.SpeechHeard, heard, Qos.AtLeastOnce, taint: Taint.Speech);
    }

    /// <summary>Skills come and go with their agents; the recognizer is told when they did.</summary>
    private void Refresh(SkillRegistry registry)
    {
        var skills = registry.Skills;
        var places = registry.Places;
        if (_hasVocabulary && skills.SequenceEqual(_skills) && places.SequenceEqual(_places, StringComparer.Ordinal))
            return;
        options.Recognizer.SetVocabulary(skills, places);
        (_skills, _places, _hasVocabulary) = (skills, places, true);
    }

    [LoggerMessage(Level = LogLevel.Information, Message = "{Source}: heard '{Text}' ({Confidence}) in {AudioSeconds:F1} s of speech, recognized in {Seconds:F2} s")]
    private partial void LogHeard(string source, string text, double? confidence, double audioSeconds, double seconds);
}
