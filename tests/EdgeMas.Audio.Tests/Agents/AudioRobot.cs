using System.Collections.Concurrent;
using System.Text.Json;
using EdgeMas.Audio.Agents;
using EdgeMas.Audio.Recognition;
using EdgeMas.Audio.VoiceActivity;
using EdgeMas.Core.Agents;
using EdgeMas.Core.Bus;
using EdgeMas.Core.Events;
using EdgeMas.Core.Messages;
using EdgeMas.Core.Skills;
using EdgeMas.Core.Speech;
using EdgeMas.Core.Topics;
using EdgeMas.Testing;
using Microsoft.Extensions.Logging.Abstractions;

namespace EdgeMas.Audio.Tests.Agents;

/// <summary>A robot that only hears and speaks: the audio agent with the real voice activity detector and the real recognizer, on a bus with a caller.</summary>
internal sealed class AudioRobot : IAsyncDisposable, IDeliverySink
{
    private readonly PocketSphinxRecognizer _recognizer;
    private readonly AgentSystem _system;
    private readonly Caller _caller = new();
    private readonly ConcurrentQueue<Delivery> _heard = new();

    private AudioRobot(Func<AudioAgentOptions, AudioAgentOptions>? configure)
    {
        SharedFiles.RequireFile("/usr/share/pocketsphinx/model/en-us/cmudict-en-us.dict", "pocketsphinx-en-us");
        var model = SharedFiles.RequireNative("node_modules/@ricky0123/vad-web/dist/silero_vad_v5.onnx");
        _recognizer = new PocketSphinxRecognizer(new PocketSphinxOptions(), NullLogger.Instance);
        var options = new AudioAgentOptions { Topics = Topics, Recognizer = _recognizer, CreateDetector = () => new SileroVad(model) };
        Options = configure?.Invoke(options) ?? options;
        Bus = new InProcessBus(TimeProvider.System);
        Bus.Subscribe(Topics.SpeechHeard, this);
        _system = new AgentSystem(Topics, Bus, Registry, TimeProvider.System, NullLoggerFactory.Instance);
    }

    internal RobotTopics Topics { get; } = new("yard", "rover");

    internal InProcessBus Bus { get; }

    internal SkillRegistry Registry { get; } = new();

    internal AudioAgentOptions Options { get; }

    /// <summary>What came on <c>speech/heard</c>, with its taint.</summary>
    internal IReadOnlyList<Delivery> Heard => [.. _heard];

    internal IEnumerable<string> Texts => _heard.Select(delivery => ((SpeechHeard)delivery.Message.Data!).Text);

    internal static async Task<AudioRobot> StartAsync(Func<AudioAgentOptions, AudioAgentOptions>? configure = null)
    {
        var robot = new AudioRobot(configure);
        robot.Registry.Add("motor", Recognition.RoverSkills.All.Where(skill => skill.Name != "say"));
        robot.Registry.SetPlaces(Recognition.RoverSkills.Places);
        await robot._system.StartAsync([new AgentSpec("audio", () => new AudioAgent(robot.Options)), new AgentSpec("caller", () => robot._caller)], Until.Deadline());
        return robot;
    }

    internal Task<int> HearAsync(IAudioSource source, CancellationToken cancellationToken = default) => Options.Feed.HearAsync(source, cancellationToken).WaitAsync(Until.Deadline());

    internal AgentReport Report => _system.Snapshot().Single(report => report.Agent == "audio");

    internal void Kill() => _system.Inject("audio", new InvalidOperationException("killed"));

    internal void Say(object? data, DateTimeOffset? deadline = null) => Bus.Publish(
        Topics.SpeechSay, new Message { Id = MessageIds.Next(), Source = "/test", Type = MessageTypes.SayRequest, Time = TimeProvider.System.GetUtcNow(), Data = data, Deadline = deadline });

    internal async Task<SkillOutcome> CallSayAsync(string text, CancellationToken cancellationToken = default)
    {
        var arguments = JsonSerializer.SerializeToElement(new Dictionary<string, string> { ["text"] = text });
        return (await _caller.Context!.CallSkillAsync("say", arguments, null, Taint.None, null, cancellationToken).AsTask().WaitAsync(Until.Deadline())).Outcome;
    }

    public bool TryAccept(in Delivery delivery)
    {
        _heard.Enqueue(delivery);
        return true;
    }

    public async ValueTask DisposeAsync()
    {
        await _system.DisposeAsync();
        _recognizer.Dispose();
    }

    private sealed class Caller : Agent
    {
        internal AgentContext? Context { get; private set; }

        public override ValueTask StartAsync(AgentContext context, CancellationToken cancellationToken)
        {
            Context = context;
            return ValueTask.CompletedTask;
        }
    }
}
