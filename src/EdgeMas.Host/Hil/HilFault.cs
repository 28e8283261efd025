using EdgeMas.Simulation.Board;

namespace EdgeMas.Host.Hil;

/// <summary>Something really broken on the board, with which a suite must fail.</summary>
/// <param name="Name">As given to <c>--fault</c>.</param>
/// <param name="Apply">Breaks it, once the suite has plugged its chips.</param>
internal sealed record HilFault(string Name, Action<HilBench> Apply)
{
    public static HilFault StuckLine(int line, bool high) => new($"line-{line}-stuck-{(high ? "high" : "low")}", bench => bench.Stick(line, high));

    public static HilFault PwmCut { get; } = new("pwm-output-cut", bench => bench.Board.Chips.Pwm.IsCut = true);

    public static HilFault Chip(string chip, int address, BusFault fault) => new($"{chip}-{fault.ToString().ToLowerInvariant()}", bench => bench.Board.Chips.Break(address, fault));
}
