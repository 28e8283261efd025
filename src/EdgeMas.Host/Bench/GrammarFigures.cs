using System.Text.Json.Nodes;

namespace EdgeMas.Host.Bench;

/// <summary>What was measured of one kind of schemas.</summary>
internal sealed class GrammarFigures(string kind)
{
    private const double Milli = 1e3;
    private const double Micro = 1e6;

    private readonly GrammarTimes _compiling = new();
    private readonly GrammarTimes _cold = new();
    private readonly GrammarTimes _first = new();
    private readonly GrammarTimes _again = new();
    private readonly GrammarTimes _peer = new();
    private bool _isFirstPass;
    private int _forced;

    public string Kind => kind;

    public int Refused { get; set; }

    public void Rewind(bool isFirst)
    {
        _isFirstPass = isFirst;
        Refused = 0;
        _forced = 0;
        foreach (var times in (ReadOnlySpan<GrammarTimes>)[_compiling, _first, _again])
            times.Rewind();
    }

    public void AddCompiled(double seconds) => _compiling.Add(seconds);

    public void AddFirst(double seconds)
    {
        _first.Add(seconds);
        if (_isFirstPass)
            _cold.Add(seconds);
    }

    public void AddAgain(double seconds) => _again.Add(seconds);

    public void AddPeer(double seconds) => _peer.Add(seconds);

    public void AddForced(int tokens) => _forced += tokens;

    public JsonObject ToJson() => new()
    {
        ["kind"] = kind,
        ["schemas"] = _compiling.Count + Refused,
        ["compiled"] = _compiling.Count,
        ["compile_ms"] = Figures(_compiling, Milli),
        ["masks"] = _first.Count,
        ["forced_share"] = _first.Count == 0 ? null : Math.Round((double)_forced / _first.Count, 3),
        ["first_pass_us"] = Figures(_cold, Micro),
        ["new_grammar_us"] = Figures(_first, Micro),
        ["known_us"] = Figures(_again, Micro),
        ["llama_cpp_us"] = Figures(_peer, Micro),
    };

    private static JsonObject? Figures(GrammarTimes times, double scale) => times.Count == 0 ? null : new()
    {
        ["p50"] = times.Percentile(0.5, scale),
        ["p90"] = times.Percentile(0.9, scale),
        ["p99"] = times.Percentile(0.99, scale),
        ["max"] = times.Percentile(1, scale),
    };
}
