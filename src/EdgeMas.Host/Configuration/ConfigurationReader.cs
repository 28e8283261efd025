using EdgeMas.Control;
using EdgeMas.Core.Messages;
using EdgeMas.Core.Missions;
using EdgeMas.Core.Models;
using EdgeMas.Core.Motion;
using EdgeMas.Core.Supervision;
using EdgeMas.Core.Topics;
using EdgeMas.Host.Robot;
using EdgeMas.Host.Session;
using EdgeMas.Reasoning.Constraints;
using EdgeMas.Reasoning.Orders;

namespace EdgeMas.Host.Configuration;

/// <summary>Reads a robot's YAML file: the one place that knows its keys, units and ranges. Defaults are those of the in-box rover.</summary>
internal static class ConfigurationReader
{
    public static IReadOnlyList<string> AgentNames { get; } = ["audio", "planner", "critic", "vision", "motor", "coordinator"];

    /// <summary>What leaves the robot unless the file says otherwise: everything that a fleet watches.</summary>
    public static IReadOnlyList<string> DefaultExport { get; } =
        ["agents/#", "missions/#", "speech/#", "vision/#", "motion/#", "position/#", "health", "presence", "log", "estop"];

    /// <summary>What may come in unless the file says otherwise: orders, the stop, and questions to agents. Never a skill's own topics of another robot.</summary>
    public static IReadOnlyList<string> DefaultImport { get; } = ["agents/coordinator/inbox", "agents/host/inbox", "estop", "speech/say"];

    private static readonly string[] Skills =
        ["drive", "strafe", "turn", "goto", "stop", "wait", "look_for", "take_photo", "count", "say", "battery", "set_speed", "return_home", "take_off", "land", "fly_to", "move_joints", "reach"];

    /// <exception cref="ConfigurationException">The file cannot be used; the message names each error with file, line and column.</exception>
    public static RobotConfiguration Read(string path) => YamlFile.Read(path, (root, errors) => ReadRobot(path, root));

    private static RobotConfiguration ReadRobot(string path, Section root)
    {
        var model = ReadModel(root);
        var configuration = new RobotConfiguration(
            path,
            ReadName(root, "fleet", "yard"),
            ReadName(root, "robot", "rover"),
            ReadBroker(root),
            model,
            ReadClock(root),
            root.Text("data", ".edgemas"),
            WorldReader.Read(root.Child("world")),
            ReadEnvelope(root.Child("envelope")),
            ReadControl(root),
            ReadAgents(root.Child("agents"), model),
            ReadOpenTo(root.Child("open_to")),
            ReadAudio(root.Child("audio")),
            ReadVision(root.Child("vision")),
            ReadFilters(root, "export", DefaultExport),
            ReadFilters(root, "import", DefaultImport),
            ReadLimits(root.Child("limits")))
        {
            Body = root.Text("kind", "rover") is "arm" or "quadrotor" ? null : BodyReader.Read(root), // theirs are read with their limits
        };
        configuration = VehicleReader.Read(root, configuration);
        if (configuration.HasDevices && configuration.Clock != "realtime")
            root.Refuse("clock", "a body of devices keeps real time: write clock: realtime");
        if (configuration.Control.KernelWatchdogSeconds is not null && (!configuration.HasDevices || !configuration.Control.OwnProcess))
            root.Child("control").Refuse("kernel_watchdog_s", "edgemas-control feeds the kernel's watchdog where it drives a body of devices: write mode: process and body: { kind: devices }, or remove it");
        CheckDrive(root, configuration);
        configuration = configuration with { Gnss = GnssReader.Read(root, configuration) };
        root.Close();
        return configuration;
    }

    /// <summary>The rover's wheels can do what its limits allow.</summary>
    private static void CheckDrive(Section root, RobotConfiguration configuration)
    {
        var rover = root.Child("world").Child("rover");
        var drive = configuration.World.Rover.Drive;
        if (!rover.Has("drive") || configuration.Quadrotor is not null || configuration.Arm is not null)
            return;
        if (configuration.Body is not null && drive != DriveKind.Differential)
            rover.Refuse("drive", "a body of devices has a differential drive: remove it, or write body: { kind: simulated }");
        try
        {
            ConfiguredLimits.Of(configuration).CheckFor(configuration.World.Rover.Geometry);
        }
        catch (ControlOptionsException error)
        {
            rover.Refuse("drive", $"{error.Reason} ({error.Option})");
        }
    }

    private static string ReadName(Section root, string key, string example)
    {
        var name = root.RequiredText(key, example);
        if (name.AsSpan().IndexOfAny("/+#\0 ") >= 0)
            root.Refuse(key, $"'{name}' becomes one level of a topic: letters, digits, '-' and '_' only");
        return name;
    }

    private static BrokerConfiguration ReadBroker(Section root)
    {
        if (!root.IsMapping("broker"))
            return BrokerFrom(root, "broker", root.Text("broker", "embedded"), 0, null, null, null);
        var section = root.Child("broker");
        var broker = BrokerFrom(
            section, "kind", section.Text("kind", "embedded"), section.Whole("port", 0, 0, 65_535), section.OptionalText("username"),
            section.OptionalText("password_env"), section.OptionalText("ca_file"));
        section.Close();
        return broker;
    }

    private static BrokerConfiguration BrokerFrom(Section section, string key, string kind, int port, string? user, string? password, string? authority)
    {
        if (BrokerChoice.TryParse(kind, out var name, out var url))
            return new BrokerConfiguration(name, url, port, user, password, authority);
        section.Refuse(key, $"'{kind}' is not allowed: write embedded, mosquitto, or a URL such as mqtt://host:1883 or mqtts://host{Section.DidYouMean(kind, ["embedded", "mosquitto"])}");
        return new BrokerConfiguration("embedded", null, 0, null, null, null);
    }

    private static ModelConfiguration ReadModel(Section root)
    {
        if (!root.IsMapping("model"))
            return new ModelConfiguration(root.Text("model", "planner"), null, null, 0, null);
        var section = root.Child("model");
        var model = new ModelConfiguration(
            section.RequiredText("name", "planner"),
            section.Has("prompt_style") ? section.Choice("prompt_style", "chat", "planner-chatml", "planner-gemma", "chat") : null,
            section.Has("threads") ? section.Whole("threads", 2, 1, 256) : null,
            section.Whole("gpu_layers", 0, 0, 999),
            section.Has("context_tokens") ? section.Whole("context_tokens", 2048, 256, 1_048_576) : null)
        {
            StateFolder = section.OptionalText("state"),
            StateBytes = section.Has("state_mb") ? section.Whole("state_mb", 64, 1, 65_536) * 1_000_000L : null,
            MemoryTokens = section.Has("memory_tokens") ? section.Whole("memory_tokens", 4096, 256, 1 << 24) : null,
            Speculates = section.Flag("speculation", true),
            Agents = section.Whole("agents", 8, 1, ModelLoading.MostAgents),
            Adapters = ReadAdapters(section),
        };
        model = model with { Use = ReadUse(section, model, model.Use) };
        if (model.StateBytes is not null && model.StateFolder is null)
            section.Refuse("state_mb", "bounds the file in the state folder, and there is none: add state: path/to/folder, or remove this line");
        if (model.MemoryTokens < model.ContextTokens)
            section.Refuse("memory_tokens", $"is below context_tokens ({model.ContextTokens}): the memory holds at least one request's prompt and output");
        section.Close();
        return model;
    }

    private static AdapterCard[] ReadAdapters(Section section)
    {
        var adapters = new List<AdapterCard>();
        foreach (var entry in section.Children("adapters"))
        {
            var adapter = new AdapterCard(entry.RequiredText("name", "careful"), entry.RequiredText("file", "adapter.gguf"), (float)entry.Number("scale", 1, -10, 10));
            if (adapters.Any(other => other.Name == adapter.Name))
                entry.Refuse("name", $"'{adapter.Name}' is another adapter's name already");
            if (adapter.Name == AdapterCard.None)
                entry.Refuse("name", $"'{AdapterCard.None}' stands for no adapter: choose another name");
            adapters.Add(adapter);
            entry.Close();
        }
        return [.. adapters];
    }

    /// <param name="usual">Where the section says nothing.</param>
    private static ModelUse ReadUse(Section section, ModelConfiguration model, ModelUse usual)
    {
        const string lora = "lora", overflow = "overflow", refuse = "refuse", slide = "slide";
        var use = new ModelUse(
            section.OptionalText(lora) ?? usual.Adapter,
            section.Choice(overflow, usual.Overflow == ContextOverflow.Slide ? slide : refuse, refuse, slide) == slide ? ContextOverflow.Slide : ContextOverflow.Refuse,
            section.Whole("keep_tokens", usual.KeepTokens, 0, 1_048_576));
        var names = model.Adapters.Select(adapter => adapter.Name).Append(AdapterCard.None).ToArray();
        if (section.Has(lora) && !names.Contains(use.Adapter, StringComparer.Ordinal))
            section.Refuse(lora, $"'{use.Adapter}' is not an adapter of the model: write one of {string.Join(", ", names)}, or add it under model: adapters:{Section.DidYouMean(use.Adapter!, names)}");
        return use;
    }

    private static string ReadClock(Section root)
    {
        var clock = root.Text("clock", "realtime");
        if (ClockSpeed.TryParse(clock) is null)
            root.Refuse("clock", $"'{clock}' is not allowed: write realtime, fast, or a factor such as 4x");
        return clock;
    }

    private static EnvelopeConfiguration ReadEnvelope(Section section)
    {
        var maxSpeed = section.Number("max_speed_mps", 1.0, 0.05, 10);
        var envelope = new EnvelopeConfiguration(
            maxSpeed,
            section.Number("max_turn_rate_dps", 90, 5, 720) * Math.PI / 180,
            section.Number("max_acceleration_mps2", 0.8, 0.05, 20),
            section.Number("max_turn_acceleration_dps2", 180, 5, 7200) * Math.PI / 180,
            section.Number("stop_distance_m", 0.35, 0.05, 10),
            section.Number("cruise_speed_mps", Math.Min(0.6, maxSpeed), 0.05, 10),
            TimeSpan.FromMilliseconds(section.Number("watchdog_ms", 1000, 20, 5000)),
            section.Number("max_jerk_mps3", 20, 1, 1000),
            section.Number("max_turn_jerk_dps3", 6800, 100, 100_000) * Math.PI / 180,
            section.Number("battery_floor_percent", 10, 0, 90) / 100,
            section.Number("battery_reserve_percent", 3, 0, 90) / 100)
        {
            MaxSideSpeed = section.Number("max_side_speed_mps", Math.Min(0.4, maxSpeed), 0.02, 10),
            MaxWheelAcceleration = section.Has("max_wheel_acceleration_radps2") ? section.Number("max_wheel_acceleration_radps2", 60, 1, 10_000) : double.PositiveInfinity,
            MaxWheelJerk = section.Has("max_wheel_jerk_radps3") ? section.Number("max_wheel_jerk_radps3", 1500, 10, 1_000_000) : double.PositiveInfinity,
        };
        if (envelope.BatteryReserve > envelope.BatteryFloor)
            section.Refuse("battery_reserve_percent", $"is above the battery's floor ({envelope.BatteryFloor * 100:0.##}): lower it or raise battery_floor_percent");
        if (envelope.CruiseSpeed > maxSpeed)
            section.Refuse("cruise_speed_mps", $"is above max_speed_mps ({maxSpeed:0.##}): lower it or raise the limit");
        section.Close();
        return envelope;
    }

    private static ControlConfiguration ReadControl(Section root)
    {
        const string inside = "inside", process = "process";
        var isMapping = root.IsMapping("control");
        var section = isMapping ? root.Child("control") : root;
        var key = isMapping ? "mode" : "control";
        var place = !section.Has(key) ? ControlPlace.Usual : section.Choice(key, inside, inside, process) == process ? ControlPlace.Process : ControlPlace.Inside;
        if (place == ControlPlace.Process && root.Text("clock", "realtime") != "realtime")
            root.Refuse("clock", "a control loop in a process of its own keeps real time: write clock: realtime, or control: inside");
        var usualRateHz = root.Text("kind", "rover") == "quadrotor" ? ControlConfiguration.FlightRateHz : ControlConfiguration.UsualRateHz;
        if (!isMapping)
            return new ControlConfiguration(place, usualRateHz, TimeSpan.FromMilliseconds(200), null, 80, null);
        var control = new ControlConfiguration(
            place,
            section.Whole("rate_hz", usualRateHz, 50, 1000),
            TimeSpan.FromMilliseconds(section.Number("heartbeat_ms", 200, 20, 5000)),
            section.Has("cpu") ? section.Whole("cpu", 0, 0, Environment.ProcessorCount - 1) : null,
            section.Whole("priority", 80, 0, 98),
            section.Has("kernel_watchdog_s") ? section.Whole("kernel_watchdog_s", 15, 1, 86_400) : null);
        section.Close();
        return control;
    }

    private static Dictionary<string, AgentConfiguration> ReadAgents(Section section, ModelConfiguration model)
    {
        var agents = new Dictionary<string, AgentConfiguration>(StringComparer.Ordinal);
        foreach (var name in AgentNames)
        {
            var agent = section.Child(name);
            agents[name] = new AgentConfiguration(agent.Flag("enabled", true), ReadRestart(agent.Child("restart")), agent.Whole("mailbox", 256, 8, 65_536))
            {
                Use = name is "planner" or "critic" ? ReadUse(agent, model, model.Use) : null,
            };
            if (name is "motor" or "coordinator" && !agents[name].Enabled)
                agent.Refuse("enabled", $"a robot needs its {name}: remove this line");
            agent.Close();
        }
        section.Close();
        return agents;
    }

    private static RestartPolicy ReadRestart(Section section)
    {
        var usual = RestartPolicy.Default;
        var policy = new RestartPolicy(
            section.Choice("on_failure", "restart", "resume", "restart", "stop", "escalate") switch
            {
                "resume" => SupervisorDecision.Resume,
                "stop" => SupervisorDecision.Stop,
                "escalate" => SupervisorDecision.Escalate,
                _ => SupervisorDecision.Restart,
            },
            section.Whole("max", usual.MaxRestarts, 0, 1000),
            TimeSpan.FromSeconds(section.Number("window_s", usual.Window.TotalSeconds, 1, 86_400)),
            TimeSpan.FromMilliseconds(section.Number("backoff_ms", usual.Backoff.TotalMilliseconds, 1, 5000)));
        section.Close();
        return policy;
    }

    private static Dictionary<string, Taint> ReadOpenTo(Section section)
    {
        var open = new Dictionary<string, Taint>(StringComparer.Ordinal);
        foreach (var skill in Skills)
        {
            if (!section.Has(skill))
                continue;
            var taint = Taint.None;
            foreach (var source in section.Texts(skill, []))
            {
                taint |= source switch { "speech" => Taint.Speech, "network" => Taint.Network, "vision" => Taint.Vision, _ => Taint.None };
                if (source is not ("speech" or "network" or "vision"))
                    section.Refuse(skill, $"'{source}' is not a source: write speech, network, vision{Section.DidYouMean(source, ["speech", "network", "vision"])}");
            }
            open[skill] = taint;
        }
        section.Close();
        return open;
    }

    /// <summary>What a file says that says nothing of audio.</summary>
    public static AudioConfiguration DefaultAudio { get; } = ReadAudio(new Section([], "audio", new ErrorList("")));

    private static AudioConfiguration ReadAudio(Section section)
    {
        var voice = section.Child("voice");
        var activity = section.Child("vad");
        var audio = new AudioConfiguration(
            section.Choice("recognizer", "pocketsphinx", "pocketsphinx", "whisper"),
            section.OptionalText("model"),
            activity.Number("threshold", 0.5, 0.05, 0.95),
            TimeSpan.FromMilliseconds(activity.Number("trailing_silence_ms", 500, 100, 5000)),
            section.Text("device", "default"),
            voice.Text("name", "en-us"),
            voice.Whole("words_per_minute", 150, 80, 450),
            section.Text("sink", "none"));
        if (audio.Recognizer == "whisper" && audio.Model is null)
            section.Refuse("recognizer", "whisper needs a model file: add model: path/to/ggml-base.bin");
        activity.Close();
        voice.Close();
        section.Close();
        return audio;
    }

    private static VisionConfiguration ReadVision(Section section)
    {
        var vision = new VisionConfiguration(
            section.Whole("width", 640, 64, 4096),
            section.Whole("height", 480, 48, 4096),
            section.Number("field_of_view_deg", 70, 20, 150) * Math.PI / 180,
            section.Texts("detectors", ["colors", "apriltags"]),
            section.Text("device", "/dev/video0"));
        foreach (var detector in vision.Detectors.Where(name => name is not ("colors" or "apriltags")))
            section.Refuse("detectors", $"'{detector}' is not a detector: write colors, apriltags{Section.DidYouMean(detector, ["colors", "apriltags"])}");
        section.Close();
        return vision;
    }

    private static IReadOnlyList<string> ReadFilters(Section root, string key, IReadOnlyList<string> fallback)
    {
        var filters = root.Texts(key, fallback);
        foreach (var filter in filters)
        {
            try
            {
                TopicFilter.Parse(filter);
            }
            catch (Exception error) when (error is FormatException or ArgumentException)
            {
                root.Refuse(key, error.Message);
            }
        }
        return filters;
    }

    private static LimitConfiguration ReadLimits(Section section)
    {
        var limits = new LimitConfiguration(
            section.Whole("order_characters", 1000, 10, OrderText.MaxCharacters),
            section.Whole("plan_steps", PlanLanguage.UsualSteps, 1, PlanJson.MaxSteps),
            section.Whole("repair_rounds", 2, 0, 10),
            section.Whole("message_bytes", 262_144, 1024, 16_777_216),
            section.Whole("offline_queue", 10_000, 16, 1_000_000),
            section.Whole("event_log_mb", 64, 1, 4096) * 1_000_000L,
            TimeSpan.FromSeconds(section.Number("mission_s", 900, 5, 86_400)));
        section.Close();
        return limits;
    }
}
