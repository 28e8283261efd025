using System.Globalization;
using Microsoft.Extensions.Logging;

namespace EdgeMas.Host.Robot;

/// <summary>Writes the program's log to a file, one line an entry, up to a size. Any thread. Warnings and worse also go to a listener.</summary>
internal sealed class FileLog : ILoggerFactory
{
    private readonly Lock _lock = new();
    private readonly StreamWriter _writer;
    private readonly TimeProvider _time;
    private readonly long _maxBytes;
    private bool _closed;

    public FileLog(string path, TimeProvider time, long maxBytes)
    {
        _writer = new StreamWriter(new FileStream(path, FileMode.Create, FileAccess.Write, FileShare.Read)) { AutoFlush = true };
        _time = time;
        _maxBytes = maxBytes;
    }

    /// <summary>Gets warnings and errors: category and text.</summary>
    public event Action<LogLevel, string>? Warned;

    public ILogger CreateLogger(string categoryName) => new Category(this, categoryName);

    public void AddProvider(ILoggerProvider provider) => throw new NotSupportedException("this log writes to its file only");

    public void Dispose()
    {
        lock (_lock)
        {
            _closed = true;
            _writer.Dispose();
        }
    }

    private void Write(LogLevel level, string category, string text, Exception? error)
    {
        var time = _time.GetUtcNow().ToString("HH:mm:ss.fff", CultureInfo.InvariantCulture);
        lock (_lock)
        {
            if (!_closed && _writer.BaseStream.Length < _maxBytes)
                _writer.WriteLine($"{time} {level} {category}: {text}{(error is null ? "" : Environment.NewLine + error)}");
        }
        if (level >= LogLevel.Warning)
            Warned?.Invoke(level, text);
    }

    private sealed class Category(FileLog log, string name) : ILogger
    {
        public IDisposable? BeginScope<TState>(TState state)
            where TState : notnull => null;

        public bool IsEnabled(LogLevel logLevel) => logLevel >= LogLevel.Information;

        public void Log<TState>(LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter)
        {
            if (IsEnabled(logLevel))
                log.Write(logLevel, name, formatter(state, exception), exception);
        }
    }
}
