using System.Diagnostics;
using EdgeMas.Inference.Native;
using EdgeMas.Inference.Prefixes;
using Microsoft.Extensions.Logging;

namespace EdgeMas.Inference.Persistence;

/// <summary>
/// Keeps the memory in a file while nothing runs, so that agents go on after a power cycle without computing their prompts again. Copies a piece at a time and
/// looks for requests in between; one that comes ends the copy, which begins anew in the next pause. The file is written on another thread. The engine's thread
/// only. Takes as much memory again while it copies and writes.
/// </summary>
/// <param name="pause">How long nothing must have run.</param>
/// <param name="every">The least time from one file to the next: memory cards wear out.</param>
internal sealed class StateSaver(StateFile file, NativeContext context, PrefixTree tree, TimeProvider time, TimeSpan pause, TimeSpan every, ILogger logger)
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(1);

    private StateCopy? _copy;
    private Task _writing = Task.CompletedTask;
    private long _saved = tree.Changes;
    private long _savedAt;
    private long _idleSince;
    private bool _failed;

    /// <summary>A request runs.</summary>
    internal void Interrupt()
    {
        _copy = null;
        _idleSince = 0;
    }

    /// <summary>Nothing runs: copies a piece when it is time.</summary>
    /// <returns>How long to wait for a request before the next one.</returns>
    internal TimeSpan Advance()
    {
        var now = time.GetTimestamp();
        if (_idleSince == 0)
            _idleSince = now;
        if (_failed || tree.Changes == _saved || !_writing.IsCompleted)
            return Patience;
        if (_copy is null && (time.GetElapsedTime(_idleSince, now) < pause || (_savedAt != 0 && time.GetElapsedTime(_savedAt, now) < every)))
            return pause < Patience ? pause : Patience;
        if (TryTakePiece())
            return TimeSpan.Zero;
        if (_copy is { } whole)
            _writing = Task.Run(() => Write(whole.Runs));
        _copy = null;
        _savedAt = now;
        _saved = tree.Changes;
        return Patience;
    }

    /// <summary>The engine ends: saves what has changed, and waits until it is on the disk.</summary>
    internal void Finish()
    {
        _writing.GetAwaiter().GetResult();
        if (_failed || tree.Changes == _saved)
            return;
        _copy = null;
        while (TryTakePiece())
        {
        }
        if (_copy is { } whole)
            Write(whole.Runs);
    }

    private bool TryTakePiece()
    {
        try
        {
            _copy ??= new StateCopy(tree, file.Adapters, file.MostTokens);
            return _copy.TakePiece(context);
        }
#pragma warning disable CA1031 // Whatever hinders saving must not stop the engine: it serves on, and says that it does not save any more.
        catch (Exception exception)
        {
            _failed = true;
            _copy = null;
            LlamaEvents.StateNotSaved(logger, exception, file.Path);
            return false;
        }
#pragma warning restore CA1031
    }

    private void Write(IReadOnlyList<StateRun> runs)
    {
        try
        {
            var started = Stopwatch.GetTimestamp();
            file.Write(runs);
            LlamaEvents.StateSaved(logger, runs.Sum(run => run.Tokens.Length), runs.Count, file.Path, Stopwatch.GetElapsedTime(started).TotalSeconds);
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            LlamaEvents.StateNotSaved(logger, exception, file.Path);
        }
    }
}
