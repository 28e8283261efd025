using EdgeMas.Core.Models;
using EdgeMas.Inference.Native;
using Microsoft.Extensions.Logging;

namespace EdgeMas.Inference.Engine;

/// <summary>The thread that owns a model's context: takes one request after another from the queue and serves it to its end.</summary>
internal sealed class EngineThread
{
    /// <summary>GBNF with deep nesting makes llama.cpp recurse.</summary>
    private const int StackBytes = 16 << 20;

    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(5);

    private readonly NativeContext _context;
    private readonly TokenLoop _loop;
    private readonly RequestQueue _queue;
    private readonly ILogger _logger;
    private readonly TaskCompletionSource _ended = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private volatile bool _stopping;

    internal EngineThread(string name, NativeContext context, TokenLoop loop, RequestQueue queue, ILogger logger)
    {
        _context = context;
        _loop = loop;
        _queue = queue;
        _logger = logger;
        new Thread(Run, StackBytes) { Name = $"llama {name}", IsBackground = true }.Start();
    }

    /// <summary>Ends when the thread has ended; the context is free then.</summary>
    internal Task Ended => _ended.Task;

    /// <summary>Aborts the request under way and refuses those that wait. Any thread.</summary>
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
                if (_queue.Take(Patience) is { } job)
                    Serve(job, lines);
            }
        }
        finally
        {
            _ended.SetResult();
        }
    }

    private void Serve(GenerationJob job, NativeLog lines)
    {
        lines.ForgetErrors();
        try
        {
            GenerationResult result;
            using (job.Cancellation.UnsafeRegister(static context => ((NativeContext)context!).Abort(true), _context))
                result = _loop.Run(job, lines);
            LlamaEvents.Generated(_logger, job.Request.Agent, result.PromptTokens, result.ReusedTokens, result.GeneratedTokens);
            job.Complete(result);
        }
        catch (OperationCanceledException) when (job.Cancellation.IsCancellationRequested)
        {
            job.Cancel();
        }
        catch (OperationCanceledException) when (_stopping)
        {
            job.Fail(new ObjectDisposedException(nameof(LlamaModel)));
        }
#pragma warning disable CA1031 // Whatever a request breaks (a callback, a constraint) is that request's failure: the engine goes on for the other agents.
        catch (Exception exception)
        {
            LlamaEvents.Failed(_logger, exception, job.Request.Agent);
            job.Fail(exception);
        }
#pragma warning restore CA1031
        finally
        {
            _context.Abort(false); // the registration is gone: nobody sets it for this request any more
        }
    }
}
