namespace EdgeMas.Simulation.Board;

/// <summary>A wheel of the world's rover as the board's wires reach it.</summary>
/// <param name="In1">Line of the bridge's IN1; likewise <paramref name="In2"/>.</param>
/// <param name="PwmChannel">Of the board.</param>
/// <param name="EncoderA">Line that the encoder drives; likewise <paramref name="EncoderB"/>.</param>
/// <param name="CountsPerTurn">Four times the pulses of a turn.</param>
/// <param name="NoLoadRadiansPerSecond">Of the wheel at full voltage.</param>
public sealed record BoardWheel(int In1, int In2, int PwmChannel, int EncoderA, int EncoderB, int CountsPerTurn, double NoLoadRadiansPerSecond);
