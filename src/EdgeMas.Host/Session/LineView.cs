using EdgeMas.Core.Bus;
using EdgeMas.Host.Story;

namespace EdgeMas.Host.Session;

/// <summary>Plain lines for pipes, logs and small terminals.</summary>
internal sealed class LineView(TextWriter output) : IRunView
{
    private readonly Lock _lock = new();

    public void Show(in Delivery delivery, StoryLine? line)
    {
        if (line is not null)
            Note(line);
    }

    public void Note(StoryLine line)
    {
        lock (_lock)
        {
            output.WriteLine($"{line.Time:mm\\:ss\\.f}  {line.Text}");
            output.Flush();
        }
    }

    public Task ReadAsync(Action<string> typed, CancellationToken cancellationToken) => ReadLinesAsync(typed, cancellationToken);

    public void End(RunSummary summary)
    {
        lock (_lock)
        {
            RunReport.Write(output, summary, colored: false);
            output.Flush();
        }
    }

    public void Dispose() => output.Flush();

    /// <summary>Each line of standard input; its end is not the run's end, for a service has none.</summary>
    internal static async Task ReadLinesAsync(Action<string> typed, CancellationToken cancellationToken)
    {
        while (await Task.Run(Console.In.ReadLine, cancellationToken).WaitAsync(cancellationToken) is { } line)
        {
            if (line.Trim() is { Length: > 0 } text)
                typed(text);
        }
        await Task.Delay(Timeout.InfiniteTimeSpan, TimeProvider.System, cancellationToken);
    }
}
