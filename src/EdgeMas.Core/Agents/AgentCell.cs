using System.Collections.Frozen;
using EdgeMas.Core.Bus;
using EdgeMas.Core.Events;
using EdgeMas.Core.Mailbox;
using EdgeMas.Core.Messages;
using EdgeMas.Core.Supervision;
using EdgeMas.Core.Topics;
using Microsoft.Extensions.Logging;

namespace EdgeMas.Core.Agents;

/// <summary>
/// An agent's place: mailbox, owner loop and supervisor, which outlive its instances. <see cref="TryAccept"/>, <see cref="Post"/> and
/// <see cref="Report"/> from any thread; everything else happens on the loop, an async task that costs nothing while it waits.
/// </summary>
internal sealed class AgentCell : IDeliverySink
{
    /// <summary>So many messages that end at once, then others get the thread.</summary>
    private const int Turn = 64;

    private readonly AgentSpec _spec;
    private readonly CellServices _services;
    private readonly ILogger _logger;
    private readonly AgentMailbox _mailbox;
    private readonly SkillDesk _desk;
    private readonly PendingAnswers _pending = new();
    private readonly OpenRequests _open;
    private readonly CellContext _context;
    private readonly Supervisor _supervisor;
    private readonly string _inbox;
    private readonly Action<string, Exception> _escalate;
    private readonly TaskCompletionSource _firstAttempt = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly List<IDisposable> _subscriptions = [];
    private volatile AgentInstance? _instance;
    private ITimer? _restartTimer;
    private volatile RequestInHand? _inHand;
    private volatile int _number;
    private volatile AgentReport _report;
    private bool _ended;

    internal AgentCell(AgentSpec spec, CellServices services, ILogger logger, Action<string, Exception> escalate)
    {
        _spec = spec;
        _services = services;
        _logger = logger;
        _escalate = escalate;
        _mailbox = new AgentMailbox(spec.MailboxCapacity);
        _desk = new SkillDesk(services, spec.Name, (error, instance) => Post(new CellCommand.Fail(error, instance)));
        _open = new OpenRequests(services.Time);
        _context = new CellContext(services, spec.Name, _pending, _open);
        _supervisor = new Supervisor(spec.Restart, services.Time);
        _inbox = services.Topics.Inbox(spec.Name);
        _report = new AgentReport(spec.Name, AgentState.Starting, [], 0, null);
    }

    internal string Name => _spec.Name;

    internal AgentReport Report => _report;

    /// <summary>Ends when the first instance runs or has failed to.</summary>
    internal Task FirstAttempt => _firstAttempt.Task;

    /// <summary>Listens, and starts the owner loop with a first instance.</summary>
    /// <returns>The loop; it ends after <see cref="CellCommand.Stop"/>.</returns>
    internal Task Launch()
    {
        _mailbox.SetOpen(true);
        _subscriptions.Add(_services.Bus.Subscribe(_inbox, this));
        _mailbox.Post(new CellCommand.Start());
        return Task.Run(RunAsync);
    }

    internal void Post(CellCommand command)
    {
        var instance = _instance;
        var ends = command switch
        {
            CellCommand.Stop => true,
            CellCommand.Fail fail => fail.Instance == instance?.Number && _supervisor.EndsInstances,
            _ => false,
        };
        if (_mailbox.Post(command) && ends)
            instance?.Cancel(); // a busy handler makes way for the system lane
    }

    /// <summary>The failure of whatever instance is there now.</summary>
    internal void Inject(Exception error) => Post(new CellCommand.Fail(error, _number));

    public bool TryAccept(in Delivery delivery)
    {
        if (delivery.Topic != _inbox)
            return _mailbox.TryAccept(delivery);
        var message = delivery.Message;
        if (message.Performative == Performative.Cancel && message.CorrelationId is { } cancelled && TryCancel(cancelled))
            return true;
        if (message is { Performative: Performative.Request or Performative.Cfp, Data: SkillRequest call })
        {
            _desk.Take(delivery, call);
            return true;
        }
        if (!delivery.FromBroker && !Refusals.IsQuestion(message) && _pending.TryTake(message))
            return true;
        if (Refusals.IsQuestion(message) && AgentAddress.AgentOf(message.Source) is not null && _report.State is not (AgentState.Running or AgentState.Starting))
        {
            _services.Refuse(Name, message, $"agent '{Name}' is {_report.State}{(_report.Reason is { } reason ? $": {reason}" : "")}");
            return true;
        }
        if (_mailbox.TryAccept(delivery))
            return true;
        if (Refusals.IsQuestion(message))
            _services.Refuse(Name, message, $"agent '{Name}' has no room for another message");
        return false;
    }

    private bool TryCancel(string requestId)
    {
        if (_desk.TryCancel(requestId) || _mailbox.TryWithdraw(requestId))
            return true;
        return _inHand is { } inHand && inHand.TryCancel(requestId);
    }

    private async Task RunAsync()
    {
        var turn = 0;
        while (!_ended)
        {
            if (_mailbox.TryTake(out CellCommand? command))
                await ObeyAsync(command!);
            else if (_instance is { } instance && _mailbox.TryTake(out Delivery delivery))
                await HandleAsync(instance, delivery);
            else
                await _mailbox.WaitAsync();
            if (++turn % Turn == 0)
                await Task.Yield();
        }
    }

    private async Task ObeyAsync(CellCommand command)
    {
        switch (command)
        {
            case CellCommand.Start:
                await StartAsync();
                break;
            case CellCommand.Fail(var error, var number) when number == _number && _instance is not null:
                await SuperviseAsync(error);
                break;
            case CellCommand.Stop:
                await EndAsync(AgentState.Stopped, null);
                foreach (var subscription in _subscriptions)
                    subscription.Dispose();
                _ended = true;
                break;
        }
    }

    private async Task StartAsync()
    {
        _restartTimer?.Dispose();
        _restartTimer = null;
        _number++;
        Tell(AgentState.Starting, [], _report.Reason);
        AgentInstance? instance = null;
        try
        {
            instance = new AgentInstance(_number, _spec.Create(), _context, _services.Time);
            _instance = instance;
            Listen(instance.Agent.Subscriptions);
            await instance.StartAsync(_spec.StartLimit);
            var skills = instance.Agent.Skills.ToFrozenDictionary(skill => skill.Descriptor.Name, StringComparer.Ordinal);
            _desk.Open(skills, _number);
            _services.Registry.Add(Name, instance.Agent.Skills.Select(skill => skill.Descriptor));
            Tell(AgentState.Running, [.. skills.Keys.Order(StringComparer.Ordinal)], _report.Reason);
        }
        catch (OperationCanceledException) when (instance is { Token.IsCancellationRequested: true })
        {
            // the command that cancelled it waits in the system lane and says what comes next
        }
#pragma warning disable CA1031 // an agent's code may throw anything; the supervisor's policy decides
        catch (Exception error)
#pragma warning restore CA1031
        {
            await SuperviseAsync(error);
        }
        _firstAttempt.TrySetResult();
    }

    private void Listen(IReadOnlyList<string> filters)
    {
        if (_subscriptions.Count > 1)
            return; // an earlier instance's filters stand
        foreach (var filter in filters)
            TopicFilter.Parse(filter); // all or none
        foreach (var filter in filters)
            _subscriptions.Add(_services.Bus.Subscribe(filter, this));
    }

    private async ValueTask HandleAsync(AgentInstance instance, Delivery delivery)
    {
        var message = delivery.Message;
        var isRequest = message.Performative is Performative.Request or Performative.Query && delivery.Topic == _inbox;
        if (message.Deadline < _services.Time.GetUtcNow())
        {
            if (isRequest)
                _services.Refuse(Name, message, "the request's deadline passed before it was served");
            return;
        }
        if (isRequest)
        {
            _open.Add(message);
            _inHand = new RequestInHand(message.Id, instance.Token);
        }
        try
        {
            await instance.ReceiveAsync(delivery, _inHand?.Token ?? instance.Token);
        }
        catch (OperationCanceledException) when (instance.Token.IsCancellationRequested || _inHand is { WasCancelled: true })
        {
            if (isRequest && _open.Remove(message.Id))
                _services.Refuse(Name, message, "cancelled");
        }
#pragma warning disable CA1031 // as above
        catch (Exception error)
#pragma warning restore CA1031
        {
            if (isRequest && _open.Remove(message.Id))
                _services.Refuse(Name, message, error.Message);
            await SuperviseAsync(error);
        }
        finally
        {
            _inHand?.Dispose();
            _inHand = null;
        }
    }

    private async Task SuperviseAsync(Exception error)
    {
        CellLog.Failed(_logger, Name, error);
        switch (_supervisor.Decide(_report.State == AgentState.Running, out var backoff))
        {
            case SupervisorDecision.Resume:
                Tell(AgentState.Running, _report.Skills, error.Message);
                break;
            case SupervisorDecision.Restart:
                await EndAsync(AgentState.Restarting, error.Message);
                _restartTimer = _services.Time.CreateTimer(_ => _mailbox.Post(new CellCommand.Start()), null, backoff, Timeout.InfiniteTimeSpan);
                break;
            case SupervisorDecision.Stop:
                await EndAsync(AgentState.Stopped, error.Message);
                break;
            default:
                await EndAsync(AgentState.Failed, error.Message);
                _escalate(Name, error);
                break;
        }
    }

    /// <summary>Ends the instance, if there is one, and answers everything that it owes.</summary>
    private async Task EndAsync(string state, string? reason)
    {
        _restartTimer?.Dispose();
        _restartTimer = null;
        var why = reason is null ? $"is {state}" : $"is {state}: {reason}";
        _services.Registry.Remove(Name);
        var isLast = state != AgentState.Restarting;
        if (isLast)
            _mailbox.SetOpen(false);
        Tell(state, [], reason ?? _report.Reason, state == AgentState.Restarting ? 1 : 0);
        _instance?.Cancel();
        await _desk.CloseAsync(why);
        foreach (var request in _open.TakeAll())
            _services.Refuse(Name, request, $"agent '{Name}' {why}");
        _pending.CancelAll();
        if (_instance is { } instance)
        {
            _instance = null;
            foreach (var trouble in await instance.EndAsync())
                CellLog.DidNotEndWell(_logger, Name, trouble);
        }
        while (isLast && _mailbox.TryTake(out Delivery delivery))
        {
            if (delivery.Topic == _inbox && Refusals.IsQuestion(delivery.Message))
                _services.Refuse(Name, delivery.Message, $"agent '{Name}' {why}");
        }
    }

    private void Tell(string state, IReadOnlyList<string> skills, string? reason, int moreRestarts = 0)
    {
        _report = new AgentReport(Name, state, skills, _report.Restarts + moreRestarts, reason);
        CellLog.Changed(_logger, Name, state);
        var message = _services.NewMessage(Name, MessageTypes.AgentReport, _report, Performative.Inform);
        _services.Bus.Publish(_services.Topics.AgentState(Name), message, Qos.AtLeastOnce, retain: true);
    }
}
