namespace EdgeMas.Core.Vision;

/// <summary>A thing seen in a picture.</summary>
/// <param name="Label">In words, such as <c>red ball</c> or <c>tag 3</c>.</param>
/// <param name="Confidence">0 to 1.</param>
/// <param name="X">Left edge of its box in pixels; likewise <paramref name="Y"/> its top edge.</param>
/// <param name="Bearing">Radians from the picture's middle, left positive.</param>
public sealed record Detection(string Label, double Confidence, double X, double Y, double Width, double Height, double Bearing);
