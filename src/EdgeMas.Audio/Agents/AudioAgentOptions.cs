using EdgeMas.Audio.VoiceActivity;
using EdgeMas.Core.Speech;
using EdgeMas.Core.Time;
using EdgeMas.Core.Topics;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Abstractions;

namespace EdgeMas.Audio.Agents;

/// <summary>What the audio agent hears and speaks with. Engines belong to whoever made them: they outlive the agent's restarts and are not disposed by it.</summary>
public sealed record AudioAgentOptions
{
    public required RobotTopics Topics { get; init; }

    public required ISpeechRecognizer Recognizer { get; init; }

    /// <summary>Makes a voice activity detector; one is used for each source, by one thread, and disposed with it.</summary>
    public required Func<IVoiceActivityDetector> CreateDetector { get; init; }

    /// <summary>Opens each microphone, at the start and again after it was unplugged. Empty for a robot that hears only <see cref="Feed"/>.</summary>
    public IReadOnlyList<Microphone> Microphones { get; init; } = [];

    /// <summary>Sound to hear beside the microphones.</summary>
    public SoundFeed Feed { get; init; } = new();

    /// <summary>Null for a robot without a voice.</summary>
    public ISpeechSynthesizer? Synthesizer { get; init; }

    /// <summary>Null for a robot without a loudspeaker.</summary>
    public IAudioSink? Sink { get; init; }

    public AudioStatus Status { get; init; } = new();

    public SegmenterOptions Segmenter { get; init; } = new();

    /// <summary>Held while an utterance is recognized, so that a simulated world waits for the thought.</summary>
    public ITimeBrake Brake { get; init; } = NoTimeBrake.Instance;

    /// <summary>Longest time that one utterance may take to recognize.</summary>
    public TimeSpan RecognitionLimit { get; init; } = TimeSpan.FromMinutes(2);

    /// <summary>Longest time that one text may take to be spoken.</summary>
    public TimeSpan SpeakingLimit { get; init; } = TimeSpan.FromMinutes(3);

    /// <summary>The microphones stay deaf this long after the robot spoke: rooms echo.</summary>
    public TimeSpan EchoTail { get; init; } = TimeSpan.FromMilliseconds(300);

    /// <summary>Time of the sound devices: real, also where the robot lives in virtual time.</summary>
    public TimeProvider DeviceTime { get; init; } = TimeProvider.System;

    public ILogger Logger { get; init; } = NullLogger.Instance;
}
