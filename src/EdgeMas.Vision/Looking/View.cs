using EdgeMas.Core.Vision;

namespace EdgeMas.Vision.Looking;

/// <summary>One picture and what was recognized in it, the surest first.</summary>
internal sealed record View(CameraFrame Frame, IReadOnlyList<Detection> Detections, double Seconds);
