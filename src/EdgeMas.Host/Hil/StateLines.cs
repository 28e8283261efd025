using System.Text.Json.Nodes;
using EdgeMas.Host.CommandLine;

namespace EdgeMas.Host.Hil;

/// <summary>What a host to be killed tells the suite that started it: a line of JSON each. Any thread.</summary>
internal sealed class StateLines(TextWriter output)
{
    private readonly Lock _writing = new();
    private string _last = "";

    /// <summary>Only if it is another than before.</summary>
    public void TellState(JsonObject state)
    {
        var line = state.ToJsonString(JsonText.Options);
        lock (_writing)
        {
            if (line != _last)
                Write(line);
            _last = line;
        }
    }

    public void Tell(JsonObject said)
    {
        lock (_writing)
            Write(said.ToJsonString(JsonText.Options));
    }

    private void Write(string line)
    {
        output.WriteLine(line);
        output.Flush();
    }
}
