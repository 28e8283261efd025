using System.Text;
using System.Text.Json.Nodes;
using EdgeMas.Core.Bus;
using EdgeMas.Host.CommandLine;
using EdgeMas.Host.Robot;
using EdgeMas.Host.Story;

namespace EdgeMas.Host.Session;

/// <summary>One JSON line for each event, and a last one with the summary.</summary>
internal sealed class JsonView(Stream output) : IRunView
{
    private readonly Lock _lock = new();
    private volatile bool _isOver;

    public void Show(in Delivery delivery, StoryLine? line)
    {
        lock (_lock)
            output.Write(EventRecorder.Line(delivery).Span);
    }

    /// <summary>After the summary, which is the last line, notes go to the log alone.</summary>
    public void Note(StoryLine line)
    {
        if (!_isOver)
            Write(new JsonObject { ["note"] = line.Text });
    }

    public Task ReadAsync(Action<string> typed, CancellationToken cancellationToken) => LineView.ReadLinesAsync(typed, cancellationToken);

    public void End(RunSummary summary)
    {
        _isOver = true;
        Write(new JsonObject { ["summary"] = summary.ToJson() });
    }

    public void Dispose() => output.Flush();

    private void Write(JsonObject line)
    {
        lock (_lock)
        {
            output.Write(Encoding.UTF8.GetBytes(line.ToJsonString(JsonText.Options) + "\n"));
            output.Flush();
        }
    }
}
