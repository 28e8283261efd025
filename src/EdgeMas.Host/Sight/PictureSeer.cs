using EdgeMas.Core.Vision;
using EdgeMas.Host.CommandLine;
using EdgeMas.Vision.Cameras;
using EdgeMas.Vision.Pictures;

namespace EdgeMas.Host.Sight;

/// <summary>Looks at pictures one after the other, prints what is seen, and keeps the pictures with boxes where asked to.</summary>
internal sealed class PictureSeer
{
    private readonly IReadOnlyList<IObjectDetector> _detectors;
    private readonly string? _folder;
    private readonly bool _json;
    private readonly JpegEncoder? _encoder;
    private readonly HashSet<string> _kept = new(StringComparer.Ordinal);

    /// <param name="folder">For pictures with boxes; made where it is missing. Null for none.</param>
    /// <exception cref="PlatformNotSupportedException">Pictures cannot be written, for want of OpenCV.</exception>
    public PictureSeer(IReadOnlyList<IObjectDetector> detectors, string? folder, bool json)
    {
        (_detectors, _folder, _json) = (detectors, folder, json);
        if (folder is null)
            return;
        _encoder = new JpegEncoder();
        Directory.CreateDirectory(folder);
    }

    /// <returns>An <see cref="ExitCode"/>: a picture that cannot be read fails the verb, and the others are looked at all the same.</returns>
    public int Look(IReadOnlyList<string> files, double fieldOfView, CancellationToken cancellationToken)
    {
        var code = ExitCode.Done;
        foreach (var file in files)
        {
            cancellationToken.ThrowIfCancellationRequested();
            try
            {
                Show(file, Path.GetFileNameWithoutExtension(file), PictureFile.Read(file, TimeProvider.System.GetUtcNow(), fieldOfView));
            }
            catch (Exception error) when (error is FormatException or IOException or UnauthorizedAccessException)
            {
                code = ExitCode.Failed;
                Console.Error.WriteLine($"edgemas: {error.Message}");
            }
        }
        return code;
    }

    /// <param name="count">0 until cancelled.</param>
    /// <exception cref="CameraException">No picture; the message says why.</exception>
    public async Task<int> WatchAsync(OpenCvCameraOptions options, int count, CancellationToken cancellationToken)
    {
        using var camera = new OpenCvCamera(options, TimeProvider.System);
        try
        {
            for (var number = 1; count == 0 || number <= count; number++)
                Show(options.Source, FormattableString.Invariant($"{options.Name}-{number:0000}"), await camera.CaptureAsync(cancellationToken));
        }
        catch (OperationCanceledException) when (cancellationToken.IsCancellationRequested)
        {
            // Ctrl-C is the usual end of a watch without a count
        }
        return ExitCode.Done;
    }

    private void Show(string name, string shortName, CameraFrame frame)
    {
        var seen = SeenPicture.Look(name, frame, _detectors);
        var annotated = _encoder is null ? null : Keep(seen, shortName);
        if (_json)
        {
            Console.WriteLine(seen.ToJson(annotated).ToJsonString(JsonText.Options));
            return;
        }
        seen.Write(Console.Out);
        if (annotated is not null)
            Console.WriteLine($"  drawn in {annotated}");
    }

    private string Keep(SeenPicture seen, string shortName)
    {
        var path = Path.Combine(_folder!, $"{shortName}.seen.jpg");
        for (var again = 2; !_kept.Add(path); again++)
            path = Path.Combine(_folder!, $"{shortName}-{again}.seen.jpg"); // two folders' pictures of one name
        File.WriteAllBytes(path, _encoder!.EncodeJpeg(seen.Frame, seen.All));
        return path;
    }
}
