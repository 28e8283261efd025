using System.Threading.Channels;
using EdgeMas.Core.Agents;
using EdgeMas.Core.Bus;
using EdgeMas.Core.Events;
using EdgeMas.Core.Messages;
using EdgeMas.Core.Missions;

namespace EdgeMas.Reasoning.Coordination;

/// <summary>
/// Takes orders and makes missions of them, one at a time: asks the planner and the critic, has the steps run, reports. Orders to stop and the emergency stop
/// are served while a mission runs.
/// </summary>
/// <param name="store">Kept by its owner; this agent is its only user.</param>
public sealed class CoordinatorAgent(IMissionStore store, CoordinatorOptions options) : Agent
{
    private const string WakeType = "edgemas.coordinator.ended";
    private static readonly TimeSpan AnswerEvery = TimeSpan.FromSeconds(5);

    private readonly Channel<PendingOrder> _waiting = Channel.CreateBounded<PendingOrder>(options.MaxWaiting);
    private readonly CancellationTokenSource _life = new();
    private readonly Lock _lock = new();
    private Task _worker = Task.CompletedTask;
    private MissionLedger? _ledger;
    private OrderRate? _rate;
    private CancellationTokenSource? _running;
    private string? _runningOrder;
    private (MissionStatus Status, string Reason) _whyCancelled;
    private volatile string? _emergency;
    private bool _baseStopped;
    private long? _answered;

    public override IReadOnlyList<string> Subscriptions => [options.Topics.SpeechHeard, options.Topics.EStop, options.Topics.BaseState];

    public override ValueTask StartAsync(AgentContext context, CancellationToken cancellationToken)
    {
        _ledger = new MissionLedger(store, context, options.RetainedMissions);
        _rate = new OrderRate(options.OrdersPerMinute, context.Time);
        foreach (var left in store.Unfinished())
        {
            var ended = _ledger.Open(LeftMissions.End(left, context.Time.GetUtcNow()), correlation: null);
            Say(context, $"About my last order, {ended.Order}: {ended.Reason}", ended.Taint);
        }
        _worker = WorkAsync(context);
        return ValueTask.CompletedTask;
    }

    public override async ValueTask ReceiveAsync(Delivery delivery, AgentContext context, CancellationToken cancellationToken)
    {
        if (_worker.IsFaulted)
            await _worker; // its failure is this agent's: the supervisor decides
        var message = delivery.Message;
        if (delivery.Topic == options.Topics.EStop)
            TakeEmergencyStop(message.Data as EStopRequest);
        else if (message.Data is MotionReport motion)
            TakeBaseState(motion);
        else if (message.Performative == Performative.Cancel)
            CancelMission(message.CorrelationId, "The order was taken back.");
        else if (message.Performative is Performative.Inform or Performative.Request && message.Type != WakeType && OrderIntake.Read(delivery) is { } order)
            Take(order, context);
    }

    public override async ValueTask StopAsync(AgentContext context, CancellationToken cancellationToken)
    {
        Interrupt(MissionStatus.Cancelled, "The coordinator was stopped.");
        _waiting.Writer.TryComplete();
        await _life.CancelAsync();
        await _worker.WaitAsync(cancellationToken).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        if (_worker.IsCompleted)
            _life.Dispose();
    }

    private void Take(PendingOrder order, AgentContext context)
    {
        if (order.Message.Data is SpeechHeard heard && (heard.Text.Length == 0 || heard.Confidence < options.MinSpeechConfidence))
            Answer(order, "I did not understand.", context);
        else if (StopOrder.Matches(order.Text) && IsBusy)
            StopAll(order, context);
        else if (!_rate!.TryTake())
            Answer(order, "Too many orders came at once; this one is refused.", context);
        else if (!_waiting.Writer.TryWrite(order))
            Answer(order, $"{options.MaxWaiting} orders are waiting already; this one is refused.", context);
    }

    private bool IsBusy
    {
        get
        {
            lock (_lock)
                return _running is not null || _waiting.Reader.Count > 0;
        }
    }

    private void StopAll(PendingOrder order, AgentContext context)
    {
        while (_waiting.Reader.TryRead(out var waiting))
            Answer(waiting, "This order was cancelled before it began.", context, aloud: false);
        Interrupt(MissionStatus.Cancelled, $"The order was '{order.Text.Trim()}'.");
        Answer(order, "The mission is cancelled.", context, aloud: false);
    }

    /// <param name="id">A mission's or an order message's id; null for whatever runs.</param>
    private void CancelMission(string? id, string reason)
    {
        if (id is null || id == _ledger?.Current?.Id || id == _runningOrder)
            Interrupt(MissionStatus.Cancelled, reason);
    }

    private void TakeEmergencyStop(EStopRequest? request)
    {
        if (request is { Engaged: false })
        {
            _emergency = null;
            return;
        }
        _emergency = request is { Reason.Length: > 0 } ? $"The emergency stop is engaged: {request.Reason}." : "The emergency stop is engaged.";
        Interrupt(MissionStatus.Failed, _emergency);
    }

    /// <summary>The stop may also have come by key or device: then only the base tells.</summary>
    private void TakeBaseState(MotionReport motion)
    {
        if (motion.EStop == _baseStopped)
            return;
        _baseStopped = motion.EStop;
        if (!motion.EStop)
            _emergency = null;
        else if (_emergency is null)
            TakeEmergencyStop(new EStopRequest(true, ""));
    }

    /// <param name="only">The mission that is meant; null for whichever runs.</param>
    private void Interrupt(MissionStatus status, string reason, CancellationTokenSource? only = null)
    {
        lock (_lock)
        {
            if (_running is null || _running.IsCancellationRequested || (only is not null && only != _running))
                return;
            _whyCancelled = (status, reason);
            _ = _running.CancelAsync();
        }
    }

    private async Task WorkAsync(AgentContext context)
    {
        try
        {
            var runner = new MissionRunner(_ledger!, context, options);
            await foreach (var order in _waiting.Reader.ReadAllAsync(_life.Token))
                await RunAsync(order, runner, context);
        }
        catch (OperationCanceledException) when (_life.IsCancellationRequested)
        {
            // stopped between missions
        }
        catch
        {
            context.Publish(context.Topics.Inbox(context.Name), WakeType, null); // the owner loop looks at this task when a message comes
            throw;
        }
    }

    private async Task RunAsync(PendingOrder order, MissionRunner runner, AgentContext context)
    {
        using var running = CancellationTokenSource.CreateLinkedTokenSource(_life.Token);
        lock (_lock)
        {
            _running = running;
            _runningOrder = order.Message.Id;
            _whyCancelled = (MissionStatus.Cancelled, "The coordinator was stopped.");
        }
        var tooLong = $"The mission took longer than its limit of {options.MissionLimit.TotalSeconds:0.#} s.";
        await using var limit = context.Time.CreateTimer(_ => Interrupt(MissionStatus.Cancelled, tooLong, running), null, options.MissionLimit, Timeout.InfiniteTimeSpan);
        try
        {
            var mission = await runner.RunAsync(order, _emergency, () => _whyCancelled, running.Token);
            if (order.Message.Performative == Performative.Request)
                context.Reply(order.Message, MessageTypes.MissionChanged, mission, mission.Status == MissionStatus.Completed ? Performative.Inform : Performative.Failure);
            Say(context, MissionReport.Write(mission), mission.Taint);
        }
        finally
        {
            lock (_lock)
                _running = null;
        }
    }

    /// <summary>For what becomes no mission. Spoken at most every few seconds: noise and floods must not make the robot talk without end.</summary>
    private void Answer(PendingOrder order, string text, AgentContext context, bool aloud = true)
    {
        if (order.Message.Performative == Performative.Request)
            context.Reply(order.Message, MessageTypes.SayRequest, text, Performative.Failure);
        if (!aloud || (_answered is { } last && context.Time.GetElapsedTime(last) < AnswerEvery))
            return;
        _answered = context.Time.GetTimestamp();
        Say(context, text, order.Taint);
    }

    private static void Say(AgentContext context, string text, Taint taint) =>
        context.Publish(context.Topics.SpeechSay, MessageTypes.SayRequest, new SayRequest(text), Qos.AtLeastOnce, taint: taint);
}
