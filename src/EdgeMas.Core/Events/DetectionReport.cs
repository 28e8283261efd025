using EdgeMas.Core.Vision;

namespace EdgeMas.Core.Events;

/// <param name="Seconds">Time that detection took.</param>
public sealed record DetectionReport(string Camera, IReadOnlyList<Detection> Detections, double Seconds);
