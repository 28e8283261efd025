namespace EdgeMas.Vision.Colours;

public sealed record ColorBlobOptions
{
    /// <summary>Smaller blobs, in pixels, are taken for noise.</summary>
    public int MinArea { get; init; } = 40;

    /// <summary>Less sure detections are left out.</summary>
    public double MinConfidence { get; init; } = 0.35;

    /// <summary>The largest blobs of each colour are looked at, no more: a picture full of confetti takes no longer than that.</summary>
    public int MaxBlobsPerColour { get; init; } = 24;
}
