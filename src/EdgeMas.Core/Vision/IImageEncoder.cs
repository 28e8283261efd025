namespace EdgeMas.Core.Vision;

/// <summary>Writes pictures as JPEG. Any thread.</summary>
public interface IImageEncoder
{
    /// <param name="marks">Things to draw a labelled box around; may be empty.</param>
    /// <returns>A whole JPEG file.</returns>
    byte[] EncodeJpeg(CameraFrame frame, IReadOnlyList<Detection> marks);
}
