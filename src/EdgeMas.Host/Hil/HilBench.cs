using System.Collections.Concurrent;
using System.Globalization;
using EdgeMas.Simulation.Board;

namespace EdgeMas.Host.Hil;

/// <summary>The test bench around the board: drives its pins, plays its chips, and compares what comes out.</summary>
internal sealed class HilBench(SimulatedBoard board, TimeProvider time)
{
    private readonly ConcurrentDictionary<int, bool> _stuck = new();
    private readonly List<string> _notes = [];

    public SimulatedBoard Board => board;

    public TimeProvider Time => time;

    /// <summary>Nothing on the board needs as long, however busy the computer is. On a board that is broken on purpose, nothing is worth a long wait.</summary>
    public TimeSpan Patience { get; init; } = TimeSpan.FromSeconds(30);

    /// <summary>Drives an input of the board from outside.</summary>
    public void Drive(int line, bool high) => board.Gpio.Drive(line, _stuck.GetValueOrDefault(line, high));

    /// <summary>The level that an output of the board shows outside.</summary>
    public bool Level(int line) => _stuck.TryGetValue(line, out var stuck) ? stuck : board.Gpio.Level(line);

    public void Stick(int line, bool high)
    {
        _stuck[line] = high;
        board.Gpio.Drive(line, high);
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
    public void Until(Func<bool> condition, string what)
    {
        var started = time.GetTimestamp();
        using var never = new ManualResetEventSlim();
        while (!condition())
        {
            if (time.GetElapsedTime(started) > Patience)
                throw new HilFailure($"{what}: not within {Patience.TotalSeconds} s");
            never.Wait(TimeSpan.FromMilliseconds(1));
        }
    }

    public static void Pause(TimeSpan duration)
    {
        using var never = new ManualResetEventSlim();
        never.Wait(duration);
    }
}
