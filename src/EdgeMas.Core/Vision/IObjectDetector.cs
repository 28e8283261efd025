namespace EdgeMas.Core.Vision;

/// <summary>Finds things in a picture. Calls do not overlap.</summary>
public interface IObjectDetector : IDisposable
{
    string Name { get; }

    /// <summary>Whether a thing of this name can be seen at all: "red ball" by a colour detector, "tag 3" by a marker detector.</summary>
    bool CanSee(string thing);

    IReadOnlyList<Detection> Detect(CameraFrame frame);
}
