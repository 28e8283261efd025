using System.Collections.Frozen;
using EdgeMas.Core.Bus;
using EdgeMas.Core.Events;
using EdgeMas.Core.Messages;
using EdgeMas.Core.Skills;

namespace EdgeMas.Core.Agents;

/// <summary>
/// Takes skill calls and calls for bids of one agent: checks who asks and with what, runs them beside the owner loop, answers every one. Any thread.
/// </summary>
/// <param name="onError">Gets what a handler threw, after the call was answered, and the number of the instance whose handler it was.</param>
internal sealed class SkillDesk(CellServices services, string agent, Action<Exception, int> onError)
{
    /// <summary>More calls at once are refused as busy.</summary>
    internal const int MaxCalls = 32;

    private const Taint Outside = Taint.Speech | Taint.Network | Taint.Vision;

    private readonly Lock _lock = new();
    private readonly Dictionary<string, SkillRun> _running = new(StringComparer.Ordinal);
    private FrozenDictionary<string, Skill> _skills = FrozenDictionary<string, Skill>.Empty;
    private string? _closed = "is starting";
    private int _instance;

    /// <param name="instance">The number of the instance whose skills they are.</param>
    internal void Open(FrozenDictionary<string, Skill> skills, int instance)
    {
        lock (_lock)
        {
            _skills = skills;
            _instance = instance;
            _closed = null;
        }
    }

    /// <summary>Refuses calls from now on, cancels those that run, and returns when each is answered.</summary>
    /// <param name="why">Completes "agent 'x' …".</param>
    internal async Task CloseAsync(string why)
    {
        SkillRun[] running;
        lock (_lock)
        {
            _closed = why;
            running = [.. _running.Values];
        }
        foreach (var run in running)
            run.Cancel($"agent '{agent}' {why}");
        await Task.WhenAll(running.Select(run => run.Finished));
    }

    internal void Take(in Delivery delivery, SkillRequest body)
    {
        var request = delivery.FromBroker ? delivery.Message with { Taint = delivery.Message.Taint | Taint.Network } : delivery.Message;
        if (request.Performative == Performative.Cfp)
        {
            Bid(request, body);
            return;
        }
        IReadOnlyList<SkillRun> preempted = [];
        var reason = Check(request, body, out var skill) ?? Admit(request, body, skill, out preempted);
        if (reason is not null)
            services.Refuse(agent, request, reason);
        foreach (var run in preempted)
            run.Cancel($"'{run.Descriptor.Name}' was ended by '{body.Skill}'");
    }

    /// <returns>False when no call of that id runs here.</returns>
    internal bool TryCancel(string requestId)
    {
        lock (_lock)
        {
            if (!_running.TryGetValue(requestId, out var run))
                return false;
            run.Cancel($"'{run.Descriptor.Name}' was cancelled");
            return true;
        }
    }

    private void Bid(Message request, SkillRequest body)
    {
        if (Check(request, body, out var skill) is { } reason)
        {
            services.Refuse(agent, request, reason);
            return;
        }
        double cost;
        lock (_lock)
            cost = _running.Values.Sum(run => run.Descriptor.TypicalDuration.TotalSeconds) + skill.Descriptor.TypicalDuration.TotalSeconds;
        services.Answer(agent, request, MessageTypes.SkillBid, new SkillBid(body.Skill, cost), Performative.Propose);
    }

    private string? Check(Message request, SkillRequest body, out Skill skill)
    {
        lock (_lock)
        {
            skill = null!;
            if (_closed is { } why)
                return $"agent '{agent}' {why}";
            if (body.Skill is null || !_skills.TryGetValue(body.Skill, out skill!))
                return $"agent '{agent}' has no such skill";
        }
        if (request.Deadline < services.Time.GetUtcNow())
            return "the request came after its own deadline";
        if (skill.Descriptor.Safety == SafetyClass.Motion && (request.Taint & ~skill.Descriptor.OpenTo & Outside) is var closedTo and not Taint.None)
            return $"'{skill.Descriptor.Name}' moves the robot and is not open to orders from: {closedTo.ToString().ToLowerInvariant()}";
        return SkillArguments.Check(skill.Descriptor, body.Arguments, services.Registry.Places);
    }

    private string? Admit(Message request, SkillRequest body, Skill skill, out IReadOnlyList<SkillRun> preempted)
    {
        preempted = [];
        lock (_lock)
        {
            if (_closed is { } why)
                return $"agent '{agent}' {why}";
            if (_running.ContainsKey(request.Id))
                return $"a call with the id '{request.Id}' runs already";
            if (skill.Descriptor.Preempts)
                preempted = [.. _running.Values.Where(run => run.Descriptor is { Safety: SafetyClass.Motion, Preempts: false })];
            else if (_running.Count >= MaxCalls)
                return $"busy: {MaxCalls} calls are running";
            else if (skill.Descriptor.Safety == SafetyClass.Motion && _running.Values.FirstOrDefault(run => run.Descriptor.Safety == SafetyClass.Motion) is { } other)
                return $"busy: '{other.Descriptor.Name}' is running";
            var run = new SkillRun(services, agent, _instance, skill, request, body);
            _running.Add(request.Id, run);
            run.Finished = Task.Run(() => ServeAsync(run));
        }
        return null;
    }

    private async Task ServeAsync(SkillRun run)
    {
        var outcome = await run.RunAsync();
        lock (_lock)
            _running.Remove(run.Request.Id); // before the answer: who gets it may call again at once
        var performative = outcome.Succeeded ? Performative.Inform : Performative.Failure;
        services.Answer(agent, run.Request, MessageTypes.SkillEnded, new SkillEnded(run.Descriptor.Name, outcome), performative);
        if (run.Error is { } error)
            onError(error, run.Instance);
        run.Dispose();
    }
}
