using EdgeMas.Core.Messages;
using EdgeMas.Core.Models;
using EdgeMas.Core.Supervision;
using EdgeMas.Simulation.Description;

namespace EdgeMas.Host.Configuration;

/// <summary>What one YAML file says about one robot; every value checked and in SI units. <c>configs/edgemas.schema.json</c> describes the file to editors.</summary>
internal sealed record RobotConfiguration(
    string File,
    string Fleet,
    string Robot,
    BrokerConfiguration Broker,
    ModelConfiguration Model,
    string Clock,
    string DataDirectory,
    WorldDescription World,
    EnvelopeConfiguration Envelope,
    ControlConfiguration Control,
    IReadOnlyDictionary<string, AgentConfiguration> Agents,
    IReadOnlyDictionary<string, Taint> OpenTo,
    AudioConfiguration Audio,
    VisionConfiguration Vision,
    IReadOnlyList<string> Export,
    IReadOnlyList<string> Import,
    LimitConfiguration Limits)
{
    /// <summary>Null but for a rover of chips.</summary>
    public BodyConfiguration? Body { get; init; }

    /// <summary>Null but for an arm of servos on a chip.</summary>
    public ArmBodyConfiguration? ArmBody { get; init; }

    /// <summary>Null but for a quadrotor of chips.</summary>
    public QuadrotorBodyConfiguration? QuadrotorBody { get; init; }

    /// <summary>The body is made of chips on this machine, in real time.</summary>
    public bool HasDevices => Body is not null || ArmBody is not null || QuadrotorBody is not null;

    /// <summary>Null without a satellite receiver.</summary>
    public GnssConfiguration? Gnss { get; init; }

    /// <summary>Null unless the robot is one, simulated or of chips.</summary>
    public QuadrotorConfiguration? Quadrotor { get; init; }

    /// <summary>Null unless the robot is one, simulated or of servos.</summary>
    public ArmConfiguration? Arm { get; init; }
}

/// <param name="Kind">embedded, mosquitto or url.</param>
/// <param name="Port">Of a broker that this process starts; 0 for any free one.</param>
/// <param name="PasswordVariable">Environment variable that holds the password; the file itself holds none.</param>
internal sealed record BrokerConfiguration(string Kind, Uri? Url, int Port, string? UserName, string? PasswordVariable, string? CertificateAuthorityFile);

/// <param name="Name">A card of <c>models/manifest.yaml</c>, or the path of a GGUF file.</param>
/// <param name="PromptStyle">planner-chatml, planner-gemma or chat; null for the card's own.</param>
internal sealed record ModelConfiguration(string Name, string? PromptStyle, int? Threads, int GpuLayers, int? ContextTokens)
{
    /// <summary>Requests of any priority but safety that are computed together.</summary>
    public int Agents { get; init; } = 8;

    /// <summary>Folder where prompts in the memory are kept for the next start; null for nowhere.</summary>
    public string? StateFolder { get; init; }

    /// <summary>Guesses how outputs go on, where that pays.</summary>
    public bool Speculates { get; init; } = true;

    /// <summary>Tokens that the memory holds for all agents together, at least one request's context; null for twice that.</summary>
    public int? MemoryTokens { get; init; }

    /// <summary>Bytes that the file in <see cref="StateFolder"/> may have; null for all that the memory holds.</summary>
    public long? StateBytes { get; init; }

    /// <summary>Adapters that agents can ask for; a path may be relative to the working directory or a models folder.</summary>
    public IReadOnlyList<AdapterCard> Adapters { get; init; } = [];

    /// <summary>What its agents have that say nothing else themselves.</summary>
    public ModelUse Use { get; init; } = new(null, ContextOverflow.Refuse, 0);
}

/// <summary>How an agent uses the model that all share.</summary>
/// <param name="Adapter">Null for the model's own.</param>
/// <param name="KeepTokens">At the prompt's beginning, where <paramref name="Overflow"/> slides.</param>
internal sealed record ModelUse(string? Adapter, ContextOverflow Overflow, int KeepTokens);

/// <param name="MaxSpeed">Metres a second; likewise radians a second, and their accelerations.</param>
/// <param name="StopDistance">Metres kept to anything ahead.</param>
/// <param name="BatteryFloor">0 to 1; below it only the way to the dock is open, below <paramref name="BatteryReserve"/> none.</param>
internal sealed record EnvelopeConfiguration(
    double MaxSpeed, double MaxTurnRate, double MaxAcceleration, double MaxTurnAcceleration, double StopDistance, double CruiseSpeed, TimeSpan Watchdog,
    double MaxJerk, double MaxTurnJerk, double BatteryFloor, double BatteryReserve)
{
    /// <summary>Metres a second to the left or right, of mecanum wheels.</summary>
    public double MaxSideSpeed { get; init; } = 0.4;

    /// <summary>Radians per second squared of any one wheel; infinity for none.</summary>
    public double MaxWheelAcceleration { get; init; } = double.PositiveInfinity;

    /// <summary>Radians per second cubed of any one wheel; infinity for none.</summary>
    public double MaxWheelJerk { get; init; } = double.PositiveInfinity;
}

/// <param name="RateHz">Of a process of its own; in this process the world's step sets the pace.</param>
/// <param name="Heartbeat">How long this process may be silent before the core brings the body to its safe state.</param>
/// <param name="Processor">That the core stays on; null for any.</param>
/// <param name="Priority">SCHED_FIFO, 0 for the usual scheduling.</param>
/// <param name="KernelWatchdogSeconds">After which the kernel restarts the board when edgemas-control has died; null to leave its watchdog alone.</param>
internal sealed record ControlConfiguration(ControlPlace Place, int RateHz, TimeSpan Heartbeat, int? Processor, int Priority, int? KernelWatchdogSeconds)
{
    public const int UsualRateHz = 100;

    /// <summary>Of a quadrotor, whose attitude is regulated from outside its speed controllers.</summary>
    public const int FlightRateHz = 250;

    /// <summary>The file asks for edgemas-control.</summary>
    public bool OwnProcess => Place == ControlPlace.Process;
}

internal sealed record AgentConfiguration(bool Enabled, RestartPolicy Restart, int Mailbox)
{
    /// <summary>Null for an agent that asks no model.</summary>
    public ModelUse? Use { get; init; }
}

/// <param name="Recognizer">pocketsphinx or whisper.</param>
/// <param name="Device">ALSA capture device, used with --mic.</param>
/// <param name="Sink">none, wav, or an ALSA playback device.</param>
internal sealed record AudioConfiguration(
    string Recognizer, string? Model, double SpeechThreshold, TimeSpan TrailingSilence, string Device, string Voice, int WordsPerMinute, string Sink);

/// <param name="Device">V4L2 device or stream of a body of devices; the simulated body has its own camera.</param>
internal sealed record VisionConfiguration(int Width, int Height, double HorizontalFieldOfView, IReadOnlyList<string> Detectors, string Device);

/// <param name="EventLogBytes">The log of one run stops growing there.</param>
internal sealed record LimitConfiguration(int OrderCharacters, int PlanSteps, int RepairRounds, int MessageBytes, int OfflineQueue, long EventLogBytes, TimeSpan MissionTime);
