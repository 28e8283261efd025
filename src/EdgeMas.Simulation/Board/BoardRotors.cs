namespace EdgeMas.Simulation.Board;

/// <summary>How a quadrotor's speed controllers hang on a board.</summary>
/// <param name="FrontLeft">Channel of the servo chip, likewise the others.</param>
/// <param name="Enable">Line of the chip's OE.</param>
/// <param name="Button">Line of the stop button, whose contact to ground opens when it is pressed.</param>
public sealed record BoardRotors(int FrontLeft, int FrontRight, int BackLeft, int BackRight, int Enable, int Button);
