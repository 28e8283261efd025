using System.Collections.Concurrent;
using System.Globalization;
using EdgeMas.Simulation.Board;

namespace EdgeMas.Host.Hil;

/// <summary>The test bench around the board: drives its pins, plays its chips, and compares what comes out.</summary>
internal sealed class HilBench(SimulatedBoard board, TimeProvider time)
{
    private const int PwmChannelCount = 4;

    /// <summary>Of one wire in one case.</summary>
    private const int MostEdges = 400;

    private readonly ConcurrentDictionary<int, bool> _stuck = new();
    private readonly List<string> _notes = [];
    private readonly ConcurrentDictionary<int, ConcurrentQueue<(long At, bool High)>> _driven = new();
    private long _began = time.GetTimestamp();

    public SimulatedBoard Board => board;

    public TimeProvider Time => time;

    /// <summary>Nothing on the board needs as long, however busy the computer is. On a board that is broken on purpose, nothing is worth a long wait.</summary>
    public TimeSpan Patience { get; init; } = TimeSpan.FromSeconds(30);

    /// <summary>Of what a host in a process of its own does: it takes seconds to start on the board, and a busy one makes it do some things twice.</summary>
    public TimeSpan HostPatience { get; init; } = TimeSpan.FromSeconds(90);

    /// <summary>The computer is busy with other things, and the board stands still now and then: of times the middle is judged, not the 99th percentile.</summary>
    public bool IsBusy { get; init; }

    /// <summary>Drives an input of the board from outside.</summary>
    public void Drive(int line, bool high)
    {
        var level = _stuck.GetValueOrDefault(line, high);
        board.Gpio.Drive(line, level);
        var edges = _driven.GetOrAdd(line, static _ => new ConcurrentQueue<(long, bool)>());
        if (edges.Count < MostEdges && (edges.IsEmpty || edges.Last().High != level))
            edges.Enqueue((time.GetTimestamp(), level));
    }

    /// <summary>Wires' histories begin here.</summary>
    public void BeginCase()
    {
        _began = time.GetTimestamp();
        _driven.Clear();
    }

    /// <summary>What the PWM outputs did since the case began, and what was driven into the inputs; of each wire the first changes.</summary>
    public IReadOnlyList<HilWave> Waves()
    {
        var waves = new List<HilWave>();
        for (var channel = 0; channel < PwmChannelCount; channel++)
        {
            var states = board.Chips.Pwm.Of(channel).Where(state => state.Timestamp >= _began).ToArray();
            var every = Math.Max(1, states.Length / MostEdges);
            Add(waves, $"PWM {channel}", states.Where((_, i) => i % every == 0).Select(state => (state.Timestamp, state.Duty)));
        }
        foreach (var (line, edges) in _driven.OrderBy(driven => driven.Key))
            Add(waves, $"line {line} (in)", edges.Select(edge => (edge.At, edge.High ? 1.0 : 0)));
        return waves;
    }

    private void Add(List<HilWave> waves, string name, IEnumerable<(long At, double Value)> changes)
    {
        (long At, double Value)[] all = [.. changes];
        if (all.Length > 0)
            waves.Add(new HilWave(name, [.. all.Select(change => Math.Round(time.GetElapsedTime(_began, change.At).TotalMilliseconds, 2))], [.. all.Select(change => Math.Round(change.Value, 4))]));
    }

    /// <summary>The level that an output of the board shows outside.</summary>
    public bool Level(int line) => _stuck.TryGetValue(line, out var stuck) ? stuck : board.Gpio.Level(line);

    public void Stick(int line, bool high)
    {
        _stuck[line] = high;
        board.Gpio.Drive(line, high);
    }

    /// <summary>Sets the board's wall clock, as a time server does that was not reached before.</summary>
    public void JumpClock(TimeSpan by)
    {
        var seconds = (time.GetUtcNow() + by).ToUnixTimeSeconds().ToString(CultureInfo.InvariantCulture);
        var exit = BoardProgram.Run("date", ["--set", $"@{seconds}"], Patience, time, out var said);
        True(exit == 0 && Math.Abs(time.GetUtcNow().ToUnixTimeSeconds() - long.Parse(seconds, CultureInfo.InvariantCulture)) < 30, $"the board's clock was not set: {said}");
    }

    /// <summary>A figure that a case measured, for its result.</summary>
    public void Note(string figure) => _notes.Add(figure);

    /// <returns>What was noted since the last call; null for nothing.</returns>
    public string? TakeNotes()
    {
        var notes = _notes.Count == 0 ? null : string.Join("; ", _notes);
        _notes.Clear();
        return notes;
    }

    /// <summary>The wire is whole again; who drives it next is believed.</summary>
    public void Unstick(int line) => _stuck.TryRemove(line, out _);

    /// <summary>The rover that was wired last; null for none.</summary>
    public BenchRover? Rover { get; set; }

    /// <summary>Times that the body took for something that has a limit.</summary>
    public void InTime(IEnumerable<double> milliseconds, TimeSpan limit, string what)
    {
        double[] sorted = [.. milliseconds.Order()];
        var judged = IsBusy ? sorted[sorted.Length / 2] : sorted[(int)Math.Ceiling(sorted.Length * 0.99) - 1];
        True(judged <= limit.TotalMilliseconds, string.Create(CultureInfo.InvariantCulture, $"{what}: {(IsBusy ? "p50" : "p99")} of {sorted.Length} is {judged:F2} ms, above {limit.TotalMilliseconds:G4}"));
    }

    public static void Equal<T>(T expected, T actual, string what)
    {
        if (!EqualityComparer<T>.Default.Equals(expected, actual))
            throw new HilFailure($"{what}: expected {expected}, not {actual}");
    }

    public static void Near(double expected, double actual, double tolerance, string what)
    {
        if (!(Math.Abs(expected - actual) <= tolerance)) // NaN is never near
            throw new HilFailure(string.Create(CultureInfo.InvariantCulture, $"{what}: expected {expected:G6} ± {tolerance:G3}, not {actual:G6}"));
    }

    public static void True(bool condition, string what)
    {
        if (!condition)
            throw new HilFailure(what);
    }

    /// <summary>Something that must be refused, with an error that has all these words.</summary>
    public static void Throws<T>(Action action, params ReadOnlySpan<string> words)
        where T : Exception
    {
        try
        {
            action();
        }
        catch (T error)
        {
            foreach (var word in words)
                True(error.Message.Contains(word, StringComparison.Ordinal), $"the error should have '{word}': {error.Message}");
            return;
        }
        throw new HilFailure($"expected a {typeof(T).Name}, and it was done");
    }

    /// <summary>Waits until something is so.</summary>
    public void Until(Func<bool> condition, string what) => Until(condition, () => what, Patience);

    /// <param name="what">Asked once it is known that it is not so.</param>
    public void Until(Func<bool> condition, Func<string> what, TimeSpan patience)
    {
        var started = time.GetTimestamp();
        using var never = new ManualResetEventSlim();
        while (!condition())
        {
            if (time.GetElapsedTime(started) > patience)
                throw new HilFailure($"{what()}: not within {patience.TotalSeconds} s");
            never.Wait(TimeSpan.FromMilliseconds(1));
        }
    }

    public static void Pause(TimeSpan duration)
    {
        using var never = new ManualResetEventSlim();
        never.Wait(duration);
    }
}
