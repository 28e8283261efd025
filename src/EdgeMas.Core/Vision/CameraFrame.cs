namespace EdgeMas.Core.Vision;

/// <summary>One picture. The buffer belongs to the frame and is not written again.</summary>
/// <param name="Rgb">Width × Height × 3 bytes, rows from the top, red first.</param>
/// <param name="HorizontalFieldOfView">Radians.</param>
public sealed record CameraFrame(int Width, int Height, byte[] Rgb, DateTimeOffset Time, double HorizontalFieldOfView);
