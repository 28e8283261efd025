using System.Buffers.Text;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Text;
using Microsoft.Extensions.Logging;

namespace EdgeMas.Inference.Native;

/// <summary>
/// Takes llama.cpp's log, which is one for the whole process, and gives each line to the scope that is open on the thread that wrote it. A scope keeps the last
/// warnings and errors, so that an exception can say what the library said. Lines of threads without a scope (llama.cpp's own) are dropped.
/// </summary>
internal sealed class NativeLog : IDisposable
{
    private const int LevelDebug = 1;
    private const int LevelInfo = 2;
    private const int LevelWarn = 3;
    private const int LevelError = 4;
    private const int LevelContinue = 5;
    private const int KeptLines = 6;

    [ThreadStatic]
    private static NativeLog? t_open;

    private readonly ILogger? _logger;
    private readonly NativeLog? _outer;
    private readonly Queue<string> _errors = new(KeptLines);
    private double _memoryMegabytes;
    private readonly StringBuilder _line = new();
    private int _level = LevelInfo;

    private static ReadOnlySpan<byte> MemoryLine => "KV buffer size ="u8;

    private NativeLog(ILogger? logger, NativeLog? outer)
    {
        _logger = logger;
        _outer = outer;
    }

    /// <summary>The last error lines, oldest first, in one line; empty when there were none.</summary>
    internal string Errors => string.Join("; ", _errors);

    /// <summary>Opens a scope on this thread; dispose it on the same thread.</summary>
    internal static NativeLog Open(ILogger? logger) => t_open = new NativeLog(logger, t_open);

    /// <summary>Bytes of the buffers for keys and values that were made, as llama.cpp tells them: to a hundredth of a MiB each. There is no other way to ask.</summary>
    internal long MemoryBytes => (long)(_memoryMegabytes * (1 << 20));

    internal static unsafe void Install() => LlamaApi.llama_log_set(&OnLine, 0);

    internal void ForgetErrors() => _errors.Clear();

    public void Dispose() => t_open = _outer;

    [UnmanagedCallersOnly(CallConvs = [typeof(CallConvCdecl)])]
    private static unsafe void OnLine(int level, byte* text, nint userData)
    {
        if (t_open is { } scope && text is not null)
            scope.Take(level, MemoryMarshal.CreateReadOnlySpanFromNullTerminated(text));
    }

    private void Take(int level, ReadOnlySpan<byte> text)
    {
        if (level != LevelContinue)
        {
            Flush();
            _level = level;
        }
        if (text.IndexOf(MemoryLine) is >= 0 and var at && Utf8Parser.TryParse(text[(at + MemoryLine.Length)..].TrimStart((byte)' '), out double megabytes, out _))
            _memoryMegabytes += megabytes;
        if (_level < LevelError && _logger?.IsEnabled(LogLevelOf(_level)) is not true)
            return;
        _line.Append(Encoding.UTF8.GetString(text));
        if (text is [.., (byte)'\n'])
            Flush();
    }

    private void Flush()
    {
        if (_line.Length == 0)
            return;
        var line = _line.ToString().Trim();
        _line.Clear();
        if (line.Length == 0)
            return;
        if (_level == LevelError)
        {
            if (_errors.Count == KeptLines)
                _errors.Dequeue();
            _errors.Enqueue(line);
        }
        if (_logger is not null)
            LlamaEvents.NativeLine(_logger, LogLevelOf(_level), line);
    }

    /// <summary>Each level one lower than llama.cpp's: what it tells as information fills screens, and an error becomes an exception here.</summary>
    private static LogLevel LogLevelOf(int level) => level switch
    {
        LevelDebug => LogLevel.Trace,
        LevelInfo => LogLevel.Trace,
        LevelWarn => LogLevel.Debug,
        LevelError => LogLevel.Warning,
        _ => LogLevel.Trace,
    };
}
