namespace EdgeMas.Vision.Tags;

public sealed record AprilTagOptions
{
    /// <summary>Side of the black square in metres.</summary>
    public double TagSize { get; init; } = 0.2;

    /// <summary>Tags that have a size of their own, by id.</summary>
    public IReadOnlyDictionary<int, double> SizeById { get; init; } = new Dictionary<int, double>();

    /// <summary>The picture is searched at this many times its size, 1 to 4: small tags are read, and time grows with the square. 2 reads tags from 12 pixels on.</summary>
    public int Magnification { get; init; } = 2;

    /// <summary>Searches a second time with AprilTag's own way of finding quadrangles, for still pictures: more small tags, several times the time.</summary>
    public bool Thorough { get; init; }
}
