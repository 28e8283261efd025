using EdgeMas.Core.Messages;

namespace EdgeMas.Vision.Looking;

public sealed record VisionOptions
{
    /// <summary>Where <c>take_photo</c> puts pictures; made when it is missing.</summary>
    public string PicturesDirectory { get; init; } = "pictures";

    /// <summary>One more makes the oldest go.</summary>
    public int MaxPictures { get; init; } = 200;

    /// <summary>Of all pictures together.</summary>
    public long MaxPictureBytes { get; init; } = 256L << 20;

    /// <summary>Draws a labelled box around what was recognized into stored pictures.</summary>
    public bool MarkPictures { get; init; } = true;

    /// <summary>How far a search turns between two looks, degrees; less than the camera's field of view, or something could hide between two views.</summary>
    public double SearchStepDegrees { get; init; } = 40;

    /// <summary>A found thing is centred until it is this near to the picture's middle.</summary>
    public double CentredDegrees { get; init; } = 2;

    /// <summary>Less sure detections do not count as found.</summary>
    public double MinConfidence { get; init; } = 0.4;

    /// <summary>Untrusted sources whose orders may reach <c>look_for</c>, which turns the robot.</summary>
    public Taint LookForOpenTo { get; init; }

    /// <summary>Detections are published at most this often; the newest stands.</summary>
    public TimeSpan PublishInterval { get; init; } = TimeSpan.FromMilliseconds(200);
}
