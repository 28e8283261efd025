namespace EdgeMas.Simulation.Board;

/// <summary>What a servo's channel began to give.</summary>
/// <param name="Timestamp">Of the clock that the board runs on.</param>
/// <param name="Seconds">Of each pulse; 0 for none.</param>
public readonly record struct ServoPulse(long Timestamp, double Seconds);
