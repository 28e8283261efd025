using EdgeMas.Inference.Native;
using EdgeMas.Inference.Persistence;
using Microsoft.Extensions.Logging;

namespace EdgeMas.Inference.Engine;

/// <summary>The thread that owns a model's context: takes requests from the queue and computes one batch after another for all that run.</summary>
internal sealed class EngineThread
{
    /// <summary>GBNF with deep nesting makes llama.cpp recurse.</summary>
    private const int StackBytes = 16 << 20;

    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(5);

    private readonly NativeContext _context;
    private readonly BatchLoop _loop;
    private readonly RequestQueue _queue;
    private readonly StateSaver? _saver;
    private readonly ILogger _logger;
    private readonly TaskCompletionSource _ended = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private volatile bool _stopping;

    internal EngineThread(string name, NativeContext context, BatchLoop loop, RequestQueue queue, StateSaver? saver, ILogger logger)
    {
        _context = context;
        _loop = loop;
        _queue = queue;
        _saver = saver;
        _logger = logger;
        new Thread(Run, StackBytes) { Name = $"llama {name}", IsBackground = true }.Start();
    }

    /// <summary>Ends when the thread has ended; the context is free then.</summary>
    internal Task Ended => _ended.Task;

    /// <summary>Aborts the requests under way and refuses those that wait. Any thread.</summary>
    internal void Stop()
    {
        _stopping = true;
        foreach (var job in _queue.Close())
            job.Fail(new ObjectDisposedException(nameof(LlamaModel)));
        _context.Abort(true);
    }

    private void Run()
    {
        using var lines = NativeLog.Open(_logger);
        try
        {
            while (!_stopping)
            {
                _context.Abort(false); // before the queue is read: who comes later may abort the batch that is computed without him
                if (_stopping)
                    break;
                _loop.Admit(lines);
                if (_loop.IsIdle)
                {
                    _queue.Wait(_saver?.Advance() ?? Patience);
                    continue;
                }
                _saver?.Interrupt();
                _loop.Step();
            }
            _loop.FailAll(new ObjectDisposedException(nameof(LlamaModel)));
            _saver?.Finish();
        }
#pragma warning disable CA1031 // Nobody waits on this thread: what it cannot go on after ends every request that it has, with the reason.
        catch (Exception exception)
        {
            LlamaEvents.Stopped(_logger, exception);
            foreach (var job in _queue.Close())
                job.Fail(exception);
            _loop.FailAll(exception);
        }
#pragma warning restore CA1031
        finally
        {
            _ended.SetResult();
        }
    }
}
