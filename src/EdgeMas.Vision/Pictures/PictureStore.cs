using System.Globalization;
using EdgeMas.Core.Vision;

namespace EdgeMas.Vision.Pictures;

/// <summary>
/// A folder of pictures that does not outgrow its limits: the oldest of its own pictures make room. A file is there whole or not at all. One thread at a time.
/// </summary>
internal sealed class PictureStore(string directory, string camera, int maxPictures, long maxBytes)
{
    private int _sequence;

    /// <returns>The new file's full path.</returns>
    /// <exception cref="IOException">The folder cannot be written to.</exception>
    public string Write(byte[] jpeg, CameraFrame frame)
    {
        if (jpeg.Length > maxBytes)
            throw new IOException($"a picture of {jpeg.Length:N0} bytes is larger than the {maxBytes:N0} that {directory} may hold");
        Directory.CreateDirectory(directory);
        MakeRoom(jpeg.Length);
        var temporary = Path.Combine(directory, $".{camera}.{Environment.ProcessId.ToString(CultureInfo.InvariantCulture)}.part");
        using (var file = new FileStream(temporary, FileMode.Create, FileAccess.Write, FileShare.None))
        {
            file.Write(jpeg);
            file.Flush(flushToDisk: true);
        }
        var path = FreeName(frame.Time);
        File.Move(temporary, path);
        return path;
    }

    /// <summary>Names sort by time: <c>front-20250131T120000.250Z-0001.jpg</c>.</summary>
    private string FreeName(DateTimeOffset time)
    {
        string path;
        do
        {
            _sequence++;
            path = Path.GetFullPath(Path.Combine(
                directory, string.Create(CultureInfo.InvariantCulture, $"{camera}-{time.UtcDateTime:yyyyMMdd'T'HHmmss'.'fff'Z'}-{_sequence:0000}.jpg")));
        }
        while (File.Exists(path));
        return path;
    }

    private void MakeRoom(long bytes)
    {
        var pictures = new DirectoryInfo(directory).GetFiles($"{camera}-*Z-*.jpg");
        // By the file system's time: a simulated world's clock may start anew with every run.
        Array.Sort(pictures, static (one, other) => (one.LastWriteTimeUtc, one.Name).CompareTo((other.LastWriteTimeUtc, other.Name)));
        var held = pictures.Sum(picture => picture.Length);
        for (var i = 0; i < pictures.Length && (pictures.Length - i >= maxPictures || held + bytes > maxBytes); i++)
        {
            held -= pictures[i].Length;
            pictures[i].Delete();
        }
    }
}
