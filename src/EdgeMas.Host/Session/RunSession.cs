using EdgeMas.Audio.Files;
using EdgeMas.Core.Missions;
using EdgeMas.Host.CommandLine;
using EdgeMas.Host.Configuration;
using EdgeMas.Host.Robot;
using EdgeMas.Host.Story;
using Microsoft.Extensions.Logging;

namespace EdgeMas.Host.Session;

/// <summary>One run of a robot: start, the given sounds and orders, then whatever people type, and the end.</summary>
internal sealed class RunSession(RunSettings settings)
{
    private readonly RobotStory _story = new();
    private readonly List<string> _answers = [];
    private readonly List<CallEnd> _calls = [];
    private RobotHost? _host;
    private IRunView? _view;

    /// <param name="stop">Cancelled by Ctrl-C or SIGTERM: the run ends in order.</param>
    /// <returns>An <see cref="ExitCode"/>.</returns>
    public async Task<int> RunAsync(CancellationToken stop)
    {
        var configuration = Apply(ConfigurationReader.Read(settings.ConfigurationFile));
        using var ending = CancellationTokenSource.CreateLinkedTokenSource(stop);
        using var view = _view = ViewChoice.Choose(settings, configuration, _story, () => _host);
        await using var pump = new BusPump(_story, view);
        var began = TimeProvider.System.GetTimestamp();
        await using var host = _host = await RobotHost.StartAsync(
            configuration, pump.Queue, (logger, token) => ModelLoading.LoadAsync(configuration.Model, logger, token), Warn, settings.Microphone, stop);
        pump.Start(new EventRecorder(host.Folders.Events, configuration.Limits.EventLogBytes));
        Welcome(host);
        var reading = ReadAsync(view, ending);
        var startTime = host.Yard.Elapsed;
        try
        {
            await GiveAllAsync(host, ending.Token);
            if (!settings.EndsByItself)
                await Task.Delay(Timeout.InfiniteTimeSpan, TimeProvider.System, ending.Token);
        }
        catch (OperationCanceledException) when (ending.IsCancellationRequested)
        {
            // asked to stop: the mission that runs is cancelled and stored when the host goes down
        }
        var (pose, truth, seconds) = (host.Yard.Pose, host.Yard.Truth, (host.Yard.Elapsed - startTime).TotalSeconds);
        await ending.CancelAsync();
        await reading;
        await host.Agents.StopAsync(CancellationToken.None);
        await host.Broker.SettleAsync();
        await pump.EndAsync();
        var missions = _story.Missions.ToLookup(story => host.LeftMissions.Any(left => left.Id == story.Mission.Id));
        var summary = new RunSummary(
            [.. missions[false]], [.. missions[true]], _answers, _story.Heard?.Text, pose, host.TruthAtStart, truth, seconds, TimeProvider.System.GetElapsedTime(began).TotalSeconds, _story.Tokens,
            _story.Proposal?.TokensPerSecond ?? 0, host.Bus.Counters, host.Broker.Link.Counters, host.Folders.Events)
        {
            IsTruthKnown = !configuration.HasDevices,
            Calls = _calls,
        };
        view.End(summary);
        return !settings.EndsByItself || summary.Status == MissionStatus.Completed ? ExitCode.Done : ExitCode.Failed;
    }

    private RobotConfiguration Apply(RobotConfiguration read)
    {
        var interactive = settings.Orders.Count + settings.Sounds.Count + settings.Calls.Count == 0 || !settings.Headless;
        var clock = settings.Speed ?? (interactive || read.Control.OwnProcess ? read.Clock : "fast");
        if (ClockSpeed.TryParse(clock) is null)
            throw new UsageException($"edgemas: --speed '{clock}' is not a speed: write realtime, fast, or a factor such as 4x");
        if (read.Control.OwnProcess && ClockSpeed.TryParse(clock) != 1)
            throw new UsageException($"edgemas: --speed '{clock}' cannot be: a control loop in a process of its own keeps real time; leave --speed out, or write control: inside");
        var changed = read with { Clock = clock, DataDirectory = settings.DataDirectory ?? read.DataDirectory };
        if (settings.Model is { } model)
            changed = changed with { Model = changed.Model with { Name = model } };
        if (settings.PromptStyle is { } style)
            changed = changed with { Model = changed.Model with { PromptStyle = style } };
        if (settings.Seed is { } seed)
            changed = changed with { World = changed.World with { Seed = seed } };
        if (settings.Broker is not { } broker)
            return changed;
        if (!BrokerChoice.TryParse(broker, out var kind, out var url))
            throw new UsageException($"edgemas: --broker '{broker}' is not a broker: write embedded, mosquitto, or a URL such as mqtt://host:1883");
        return changed with { Broker = changed.Broker with { Kind = kind, Url = url } };
    }

    private void Welcome(RobotHost host)
    {
        foreach (var line in host.LeftOut)
            Note(StoryKind.Warning, line);
        foreach (var mission in host.LeftMissions)
            Note(StoryKind.Warning, $"a process before this one was cut off during “{StoryTeller.OneLine(mission.Order)}”: {mission.Steps.Count(step => step.State == StepState.Completed)} of {mission.Steps.Count} steps were done");
        Note(StoryKind.Note, $"{host.Topics.Fleet}/{host.Topics.Robot} is up: {string.Join(", ", host.Agents.Snapshot().Select(agent => agent.Agent))}; broker {host.Broker.Link.Endpoint}");
    }

    private async Task GiveAllAsync(RobotHost host, CancellationToken cancellationToken)
    {
        foreach (var sound in settings.Sounds)
            await HearAsync(host, sound, cancellationToken);
        foreach (var order in settings.Orders)
        {
            var end = await host.Orders.GiveAsync(order, "console", cancellationToken);
            if (end.Mission is null)
                Answer(end.Answer!);
        }
        foreach (var call in settings.Calls)
        {
            var outcome = await host.Calls.CallAsync(call.Skill, call.Arguments, cancellationToken);
            _calls.Add(new CallEnd(call, outcome));
            Note(outcome.Succeeded ? StoryKind.Note : StoryKind.Failure, $"{call.Text} – {(outcome.Succeeded ? "done" : "failed")}: {StoryTeller.OneLine(outcome.Reason ?? "")}");
            if (!outcome.Succeeded)
                break; // what comes after it was meant to follow it
        }
    }

    private async Task HearAsync(RobotHost host, string sound, CancellationToken cancellationToken)
    {
        if (host.Hearing.Feed is not { } feed)
        {
            Answer($"{Path.GetFileName(sound)} was not heard: this robot has no audio agent");
            return;
        }
        if (await feed.HearAsync(SoundFile.OpenSource(sound), cancellationToken) == 0)
            Answer($"{Path.GetFileName(sound)} holds no speech");
        await host.Spoken.WaitAsync(cancellationToken);
    }

    private async Task ReadAsync(IRunView view, CancellationTokenSource ending)
    {
        if (settings.EndsByItself && settings.Headless)
            return;
        try
        {
            await view.ReadAsync(text => Take(text, ending), ending.Token);
        }
        catch (OperationCanceledException)
        {
            // the run is over
        }
    }

    private void Take(string text, CancellationTokenSource ending)
    {
        switch (text)
        {
            case "/stop": _host!.EmergencyStop("typed at the console"); break;
            case "/release": _host!.ReleaseEmergencyStop(); break;
            case "/cancel": _host!.Orders.CancelAll(); break;
            case "/quit" or "/exit": ending.Cancel(); break;
            case "/help": Note(StoryKind.Note, "type an order, or /stop (Ctrl-E), /release, /cancel, /quit"); break;
            case ['/', ..]: Note(StoryKind.Warning, $"{StoryTeller.OneLine(text)} is none of /stop, /release, /cancel, /quit, /help"); break;
            default: _ = GiveAsync(text, ending.Token); break;
        }
    }

    private async Task GiveAsync(string text, CancellationToken cancellationToken)
    {
        try
        {
            if (await _host!.Orders.GiveAsync(text, "console", cancellationToken) is { Answer: { } answer })
                Note(StoryKind.Warning, answer);
        }
        catch (OperationCanceledException)
        {
            // the run is over; the coordinator ends the mission
        }
    }

    private void Answer(string answer)
    {
        _answers.Add(answer);
        Note(StoryKind.Warning, answer);
    }

    private void Warn(LogLevel level, string text) => Note(level >= LogLevel.Error ? StoryKind.Failure : StoryKind.Warning, StoryTeller.OneLine(text));

    private void Note(StoryKind kind, string text)
    {
        lock (_story.Gate)
            _view!.Note(_story.Note(_host?.Yard.Clock.GetUtcNow() ?? TimeProvider.System.GetUtcNow(), kind, text));
    }
}
