namespace EdgeMas.Core.Agents;

/// <summary>The request that an agent serves at this moment, so that its asker can take it back. Any thread cancels; the owner loop disposes.</summary>
internal sealed class RequestInHand(string requestId, CancellationToken instance) : IDisposable
{
    private readonly CancellationTokenSource _cancellation = CancellationTokenSource.CreateLinkedTokenSource(instance);

    internal CancellationToken Token => _cancellation.Token;

    internal bool WasCancelled { get; private set; }

    internal bool TryCancel(string id)
    {
        if (id != requestId)
            return false;
        WasCancelled = true;
        try
        {
            _ = _cancellation.CancelAsync();
        }
        catch (ObjectDisposedException)
        {
            return false; // it was served in the meantime
        }
        return true;
    }

    public void Dispose() => _cancellation.Dispose();
}
