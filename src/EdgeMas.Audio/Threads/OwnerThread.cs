using System.Threading.Channels;

namespace EdgeMas.Audio.Threads;

/// <summary>The one thread that owns a native context: work is sent to it and runs in order. Any thread may send.</summary>
internal sealed class OwnerThread : IDisposable
{
    private const int MaxWaiting = 16;

    private static readonly TimeSpan StopPatience = TimeSpan.FromSeconds(10);

    private readonly Channel<Action> _work = Channel.CreateBounded<Action>(new BoundedChannelOptions(MaxWaiting) { SingleReader = true });
    private readonly Thread _thread;

    private readonly Action _atEnd;

    /// <param name="atEnd">Frees what the thread owns; runs on it, after all work.</param>
    public OwnerThread(string name, Action atEnd)
    {
        _atEnd = atEnd;
        _thread = new Thread(Run) { IsBackground = true, Name = name };
        _thread.Start();
    }

    /// <summary>Runs the work on the thread. Cancelling ends the wait at once; work already begun runs to its own end.</summary>
    /// <exception cref="InvalidOperationException">Too much work waits already.</exception>
    public Task<T> RunAsync<T>(Func<CancellationToken, T> work, CancellationToken cancellationToken)
    {
        var completion = new TaskCompletionSource<T>(TaskCreationOptions.RunContinuationsAsynchronously);
        if (!_work.Writer.TryWrite(() => Complete(work, completion, cancellationToken)))
            throw new InvalidOperationException($"thread '{_thread.Name}' has ended, or more than {MaxWaiting} pieces of work wait for it");
        return completion.Task.WaitAsync(cancellationToken);
    }

    /// <summary>Finishes what waits, then ends the thread; waits for it for at most 10 s.</summary>
    public void Dispose()
    {
        _work.Writer.TryComplete();
        if (Thread.CurrentThread != _thread)
            _thread.Join(StopPatience);
    }

    private void Run()
    {
        while (_work.Reader.WaitToReadAsync().AsTask().GetAwaiter().GetResult())
        {
            while (_work.Reader.TryRead(out var work))
                work();
        }
        _atEnd();
    }

    private static void Complete<T>(Func<CancellationToken, T> work, TaskCompletionSource<T> completion, CancellationToken cancellationToken)
    {
        try
        {
            cancellationToken.ThrowIfCancellationRequested();
            completion.SetResult(work(cancellationToken));
        }
        catch (OperationCanceledException)
        {
            completion.TrySetCanceled(cancellationToken);
        }
#pragma warning disable CA1031 // the exception goes to whoever awaits the work
        catch (Exception error)
#pragma warning restore CA1031
        {
            completion.TrySetException(error);
        }
    }
}
