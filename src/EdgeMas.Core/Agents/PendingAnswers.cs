using System.Collections.Concurrent;
using EdgeMas.Core.Events;
using EdgeMas.Core.Messages;

namespace EdgeMas.Core.Agents;

/// <summary>Questions that an agent has asked and that are not answered yet. Any thread.</summary>
internal sealed class PendingAnswers
{
    private readonly ConcurrentDictionary<string, Pending> _pending = new(StringComparer.Ordinal);

    /// <param name="callee">Who alone may answer.</param>
    /// <param name="onProgress">Gets reports that come before the answer.</param>
    internal Pending Add(string requestId, string callee, Action<SkillProgressed>? onProgress = null)
    {
        var pending = new Pending(this, requestId, AgentAddress.SourceOf(callee), onProgress);
        _pending[requestId] = pending;
        return pending;
    }

    /// <returns>False when the message answers no open question: it is an ordinary one then.</returns>
    internal bool TryTake(Message message)
    {
        if (message.CorrelationId is not { } requestId || !_pending.TryGetValue(requestId, out var pending) || pending.Callee != message.Source)
            return false;
        if (message is { Performative: Performative.Inform, Data: SkillProgressed progress })
            pending.OnProgress?.Invoke(progress);
        else
            pending.Answer.TrySetResult(message);
        return true;
    }

    /// <summary>Gives up all of them: who waits gets an <see cref="OperationCanceledException"/>.</summary>
    internal void CancelAll()
    {
        foreach (var pending in _pending.Values)
            pending.Answer.TrySetCanceled();
    }

    /// <summary>One open question; disposing it stops listening for the answer.</summary>
    internal sealed class Pending(PendingAnswers all, string requestId, string callee, Action<SkillProgressed>? onProgress) : IDisposable
    {
        internal string Callee => callee;

        internal Action<SkillProgressed>? OnProgress => onProgress;

        internal TaskCompletionSource<Message> Answer { get; } = new(TaskCreationOptions.RunContinuationsAsynchronously);

        public void Dispose() => all._pending.TryRemove(requestId, out _);
    }
}
