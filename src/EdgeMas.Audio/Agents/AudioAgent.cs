using System.Threading.Channels;
using EdgeMas.Core.Agents;
using EdgeMas.Core.Bus;
using EdgeMas.Core.Events;
using EdgeMas.Core.Skills;

namespace EdgeMas.Audio.Agents;

/// <summary>
/// The robot's ears and voice. Speech from microphones and given sounds is recognized and published on <c>speech/heard</c>, with empty text where it was not
/// understood; texts on <c>speech/say</c> and calls of the skill <c>say</c> are spoken, and nothing is heard meanwhile.
/// </summary>
public sealed class AudioAgent(AudioAgentOptions options) : Agent
{
    private const int MaxUtterances = 4;
    private const string WakeUp = "edgemas.audio.failed";

    private static readonly SkillDescriptor SayDescriptor = new(
        "say", "Speaks a text aloud.", new SkillSchema().Text("text", "What to say, at most 1,000 characters.").Build())
    {
        Safety = SafetyClass.Signal,
        TypicalDuration = TimeSpan.FromSeconds(3),
        TimeLimit = TimeSpan.FromMinutes(5),
    };

    private readonly CancellationTokenSource _life = new();
    private readonly Mouth _mouth = new(options);
    private Task _work = Task.CompletedTask;
    private volatile Exception? _failure;

    public override IReadOnlyList<Skill> Skills => [new Skill(SayDescriptor, (call, token) => _mouth.SayAsync(TextOf(call), token))];

    public override IReadOnlyList<string> Subscriptions => [options.Topics.SpeechSay];

    public override ValueTask StartAsync(AgentContext context, CancellationToken cancellationToken)
    {
        var utterances = Channel.CreateBounded<Utterance>(new BoundedChannelOptions(MaxUtterances) { SingleReader = true });
        var listener = new Listener(options, utterances.Writer, () => _mouth.IsSpeaking);
        var understanding = new Understanding(options, utterances.Reader);
        _work = Task.WhenAll(
        [
            Guard(token => understanding.RunAsync(context, token), context),
            Guard(_mouth.RunAsync, context),
            Guard(listener.HearGivenAsync, context),
            .. options.Microphones.Select(microphone => Guard(token => listener.HearMicrophoneAsync(microphone, token), context)),
        ]);
        return ValueTask.CompletedTask;
    }

    public override ValueTask ReceiveAsync(Delivery delivery, AgentContext context, CancellationToken cancellationToken)
    {
        if (_failure is { } failure)
            throw new InvalidOperationException($"the audio agent cannot go on: {failure.Message}", failure);
        var message = delivery.Message;
        var isLate = message.Deadline is { } deadline && deadline < context.Time.GetUtcNow();
        var text = message.Data is SayRequest request ? request.Text : message.Data as string;
        if (!delivery.Retained && !isLate && !string.IsNullOrWhiteSpace(text) && string.Equals(delivery.Topic, context.Topics.SpeechSay, StringComparison.Ordinal))
            _mouth.Say(text);
        return ValueTask.CompletedTask;
    }

    public override async ValueTask StopAsync(AgentContext context, CancellationToken cancellationToken)
    {
        await _life.CancelAsync();
        await _work.WaitAsync(cancellationToken).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        if (_work.IsCompleted)
            _life.Dispose();
    }

    private static string TextOf(SkillCall call) => call.Arguments.GetProperty("text").GetString() ?? "";

    /// <summary>Runs beside the owner loop until the agent stops. What fails there fails the agent, so that its supervisor decides.</summary>
    private async Task Guard(Func<CancellationToken, Task> work, AgentContext context)
    {
        var life = _life.Token;
        try
        {
            await Task.Run(() => work(life), life);
        }
        catch (OperationCanceledException) when (life.IsCancellationRequested)
        {
            // the agent stops
        }
#pragma warning disable CA1031 // handed to the supervisor with the next message, which is sent here
        catch (Exception error)
#pragma warning restore CA1031
        {
            _failure = error;
            context.Publish(context.Topics.Inbox(context.Name), WakeUp, data: null);
        }
    }
}
