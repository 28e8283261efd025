using EdgeMas.Core.Bus;

namespace EdgeMas.Core.Agents;

/// <summary>
/// One life of an agent, from start to end, with the token that ends it. Whatever its code does, each member returns: an agent's code that goes on after
/// its token was cancelled is left behind after a grace.
/// </summary>
internal sealed class AgentInstance(int number, Agent agent, AgentContext context, TimeProvider time)
{
    private readonly CancellationTokenSource _life = new();

    /// <summary>1 for the first instance of its cell.</summary>
    internal int Number => number;

    internal Agent Agent => agent;

    internal CancellationToken Token => _life.Token;

    internal void Cancel() => _ = _life.CancelAsync();

    /// <exception cref="TimeoutException">It did not start within the limit.</exception>
    internal async Task StartAsync(TimeSpan limit)
    {
        try
        {
            await agent.StartAsync(context, _life.Token).AsTask().WaitAsync(limit, time, _life.Token);
        }
        catch (TimeoutException error)
        {
            throw new TimeoutException($"agent '{context.Name}' did not start within {limit.TotalSeconds:0.#} s", error);
        }
    }

    internal ValueTask ReceiveAsync(Delivery delivery, CancellationToken token)
    {
        var handling = agent.ReceiveAsync(delivery, context, token);
        return handling.IsCompleted ? handling : LetEndAsync(handling.AsTask(), token);
    }

    /// <summary>Lets it stop and frees what it holds.</summary>
    /// <returns>What went wrong on the way.</returns>
    internal async Task<IReadOnlyList<Exception>> EndAsync()
    {
        var troubles = new List<Exception>();
        Cancel();
        using var limit = new CancellationTokenSource(CellServices.Grace, time);
        await TryAsync(() => agent.StopAsync(context, limit.Token), troubles);
        if (agent is IAsyncDisposable asyncDisposable)
            await TryAsync(asyncDisposable.DisposeAsync, troubles);
        else if (agent is IDisposable disposable)
            await TryAsync(() => Dispose(disposable), troubles);
        return troubles;
    }

    private async ValueTask LetEndAsync(Task handling, CancellationToken token)
    {
        await handling.WaitAsync(token).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        if (!handling.IsCompleted)
            await handling.WaitAsync(CellServices.Grace, time).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        if (!handling.IsCompleted)
            throw new TimeoutException($"agent '{context.Name}' went on with a message for {CellServices.Grace.TotalSeconds:0.#} s after it was told to end");
        await handling;
    }

    private async Task TryAsync(Func<ValueTask> act, List<Exception> troubles)
    {
        try
        {
            await act().AsTask().WaitAsync(CellServices.Grace, time);
        }
#pragma warning disable CA1031 // ending goes on whatever the agent's code throws; the cell logs it
        catch (Exception error)
#pragma warning restore CA1031
        {
            troubles.Add(error);
        }
    }

    private static ValueTask Dispose(IDisposable disposable)
    {
        disposable.Dispose();
        return ValueTask.CompletedTask;
    }
}
