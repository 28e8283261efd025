namespace EdgeMas.Simulation.Board;

/// <summary>The far end of a board's pins, or of what is left of them after a fault.</summary>
/// <param name="Drive">Drives an input of the board.</param>
/// <param name="Level">The level of a line.</param>
public sealed record BoardPins(Action<int, bool> Drive, Func<int, bool> Level);
