namespace EdgeMas.Simulation.Description;

/// <summary>A world cannot be made from its description.</summary>
/// <param name="path">The offending value, such as <c>balls[2].radius_m</c>.</param>
public sealed class WorldDescriptionException(string path, string reason) : FormatException($"world, {path}: {reason}")
{
    public string Path { get; } = path;

    public string Reason { get; } = reason;
}
