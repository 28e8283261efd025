using EdgeMas.Core.Events;
using EdgeMas.Core.Messages;
using EdgeMas.Core.Skills;

namespace EdgeMas.Core.Agents;

/// <summary>One running call of a skill: its limit, its cancellation, its reports.</summary>
internal sealed class SkillRun : IProgress<SkillProgress>, IDisposable
{
    private readonly CellServices _services;
    private readonly string _agent;
    private readonly Skill _skill;
    private readonly SkillRequest _body;
    private readonly CancellationTokenSource _cancellation;
    private string? _whyCancelled;

    internal SkillRun(CellServices services, string agent, int instance, Skill skill, Message request, SkillRequest body)
    {
        _services = services;
        _agent = agent;
        _skill = skill;
        _body = body;
        Instance = instance;
        Request = request;
        _cancellation = new CancellationTokenSource(skill.Descriptor.TimeLimit, services.Time);
    }

    internal int Instance { get; }

    internal Message Request { get; }

    internal SkillDescriptor Descriptor => _skill.Descriptor;

    /// <summary>What the handler threw, or that it did not end; null when it ended as it should.</summary>
    internal Exception? Error { get; private set; }

    /// <summary>Ends when the call has been answered; set by the desk.</summary>
    internal Task Finished { get; set; } = Task.CompletedTask;

    public void Report(SkillProgress value)
    {
        if (!_cancellation.IsCancellationRequested)
            _services.Answer(_agent, Request, MessageTypes.SkillProgressed, new SkillProgressed(Descriptor.Name, value.Fraction, value.Note), Performative.Inform);
    }

    /// <param name="reason">The outcome's sentence, if the handler gives none of its own. The first reason stands.</param>
    internal void Cancel(string reason)
    {
        Interlocked.CompareExchange(ref _whyCancelled, reason, null);
        _ = _cancellation.CancelAsync(); // callbacks are the handler's code: not on the thread that cancels, which may be a publisher's
    }

    internal async Task<SkillOutcome> RunAsync()
    {
        var token = _cancellation.Token;
        Task<SkillOutcome> handler;
        try
        {
            var call = new SkillCall(Request.Id, _body.Arguments, _body.Mission, Request.Taint, this);
            handler = _skill.Handler(call, token).AsTask();
            await ((Task)handler).WaitAsync(token).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            if (!handler.IsCompleted)
                await ((Task)handler).WaitAsync(CellServices.Grace, _services.Time).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }
#pragma warning disable CA1031 // a handler that throws before its first await fails like any other
        catch (Exception error)
#pragma warning restore CA1031
        {
            handler = Task.FromException<SkillOutcome>(error);
        }
        return Judge(handler, token.IsCancellationRequested);
    }

    public void Dispose() => _cancellation.Dispose();

    private SkillOutcome Judge(Task<SkillOutcome> handler, bool cancelled)
    {
        var whyCancelled = _whyCancelled ?? $"'{Descriptor.Name}' took longer than its limit of {Descriptor.TimeLimit.TotalSeconds:0.###} s";
        if (!handler.IsCompleted)
        {
            Error = new SkillStuckException(Descriptor.Name, CellServices.Grace);
            return SkillOutcome.Failed($"{whyCancelled}; it has not ended yet");
        }
        if (handler.IsCompletedSuccessfully)
            return handler.GetAwaiter().GetResult() ?? SkillOutcome.Failed($"'{Descriptor.Name}' ended without an outcome");
        if (cancelled && (handler.IsCanceled || handler.Exception?.InnerException is OperationCanceledException))
            return SkillOutcome.Failed(whyCancelled);
        Error = handler.Exception?.InnerException ?? new OperationCanceledException($"'{Descriptor.Name}' gave up though nobody cancelled it");
        return SkillOutcome.Failed(Error.Message);
    }
}
