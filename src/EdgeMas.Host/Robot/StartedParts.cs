namespace EdgeMas.Host.Robot;

/// <summary>Takes down what a start had already put up when a later part fails.</summary>
internal sealed class StartedParts : IAsyncDisposable
{
    private readonly Stack<object> _parts = new();

    public T Add<T>(T part)
        where T : class
    {
        _parts.Push(part);
        return part;
    }

    /// <summary>The start succeeded: everything belongs to its owner now.</summary>
    public void Keep() => _parts.Clear();

    public async ValueTask DisposeAsync()
    {
        while (_parts.TryPop(out var part))
        {
            if (part is IAsyncDisposable slow)
                await slow.DisposeAsync();
            else
                (part as IDisposable)?.Dispose();
        }
    }
}
