namespace EdgeMas.Vision.Neural;

public sealed record YoloxOptions
{
    /// <summary>Less sure detections are left out.</summary>
    public double MinConfidence { get; init; } = 0.3;

    /// <summary>Of two boxes of one kind that share more of their union than this, the less sure one is left out.</summary>
    public double MaxOverlap { get; init; } = 0.45;

    public int MaxDetections { get; init; } = 100;

    public int Threads { get; init; } = 2;

    /// <summary>In the network's order.</summary>
    public IReadOnlyList<string> Labels { get; init; } = CocoLabels.All;
}
