using EdgeMas.Core.Bus;
using EdgeMas.Core.Messages;

namespace EdgeMas.Core.Mailbox;

/// <summary>
/// What waits for one agent: commands of its supervisor first, then messages of <see cref="MessagePriority.Safety"/>, then the others. Full lines refuse.
/// Any thread fills it; the agent's owner loop empties it.
/// </summary>
internal sealed class AgentMailbox(int capacity)
{
    private const int SafetyCapacity = 16;

    /// <summary>A supervisor's commands are few; so many failures at once say no more than the first ones.</summary>
    private const int MaxCommands = 16;

    private readonly Lock _lock = new();
    private readonly WakeSignal _wake = new();
    private readonly Queue<CellCommand> _commands = new();
    private readonly DeliveryRing _safety = new(SafetyCapacity);
    private readonly DeliveryRing _others = new(capacity);
    private bool _open;

    /// <summary>Lets messages in, or keeps them out; what waits stays.</summary>
    internal void SetOpen(bool open)
    {
        lock (_lock)
            _open = open;
    }

    /// <returns>False for a failure that comes after too many.</returns>
    internal bool Post(CellCommand command)
    {
        lock (_lock)
        {
            if (command is CellCommand.Fail && _commands.Count >= MaxCommands)
                return false;
            _commands.Enqueue(command);
        }
        _wake.Set();
        return true;
    }

    internal bool TryAccept(in Delivery delivery)
    {
        lock (_lock)
        {
            var line = delivery.Message.Priority == MessagePriority.Safety ? _safety : _others;
            if (!_open || line.IsFull)
                return false;
            line.Add(delivery);
        }
        _wake.Set();
        return true;
    }

    internal bool TryTake(out CellCommand? command)
    {
        lock (_lock)
            return _commands.TryDequeue(out command);
    }

    internal bool TryTake(out Delivery delivery)
    {
        lock (_lock)
            return _safety.TryTake(out delivery) || _others.TryTake(out delivery);
    }

    /// <summary>Takes back a message that still waits.</summary>
    internal bool TryWithdraw(string messageId)
    {
        lock (_lock)
            return _safety.Remove(messageId) || _others.Remove(messageId);
    }

    internal ValueTask WaitAsync() => _wake.WaitAsync();
}
