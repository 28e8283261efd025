using System.Globalization;
using EdgeMas.Core.Vision;
using EdgeMas.Vision.OpenCv;
using OpenCvSharp;

namespace EdgeMas.Vision.Cameras;

/// <summary>A V4L2 device, a film or a stream, through OpenCV. Opened at the first picture, and again after a failure. Any thread; captures wait for each other.</summary>
public sealed class OpenCvCamera : ICamera
{
    private readonly OpenCvCameraOptions _options;
    private readonly TimeProvider _time;
    private readonly SemaphoreSlim _gate = new(1, 1);
    private readonly Mat _bgr;
    private VideoCapture? _capture;
    private bool _disposed;

    /// <exception cref="PlatformNotSupportedException">OpenCV does not work here; see <see cref="OpenCvRuntime"/>.</exception>
    public OpenCvCamera(OpenCvCameraOptions options, TimeProvider time)
    {
        OpenCvRuntime.Require();
        _options = options;
        _time = time;
        _bgr = new Mat();
    }

    public string Name => _options.Name;

    /// <exception cref="CameraException">No picture: no such device, no right to it, it is taken, it is silent, or the film has ended.</exception>
    public async ValueTask<CameraFrame> CaptureAsync(CancellationToken cancellationToken)
    {
        if (!await _gate.WaitAsync(_options.Patience, cancellationToken))
            throw Failure($"still busy with another picture after {_options.Patience.TotalSeconds} s");
        // The device's own wait cannot be cancelled; it runs beside, keeps the gate, and gives it back when it ends.
        var read = Task.Run(ReadAndRelease, CancellationToken.None);
        try
        {
            return await read.WaitAsync(_options.Patience, _time, cancellationToken);
        }
        catch (TimeoutException error)
        {
            throw Failure($"no picture within {_options.Patience.TotalSeconds} s: is it plugged in, and not asleep?", error);
        }
    }

    public void Dispose()
    {
        // A read under way keeps the gate at most as long as the driver's own limit of 10 s.
        var idle = _gate.Wait(TimeSpan.FromSeconds(15));
        if (_disposed)
        {
            if (idle)
                _gate.Release();
            return;
        }
        _disposed = true;
        if (!idle)
            return; // the driver hangs: freeing what it writes to would be worse than leaving it
        _capture?.Dispose();
        _bgr.Dispose();
        _gate.Release();
    }

    private CameraFrame ReadAndRelease()
    {
        try
        {
            ObjectDisposedException.ThrowIf(_disposed, this);
            var capture = _capture ??= Open();
            if (!capture.Read(_bgr) || _bgr.Empty())
                ReadAgain(capture);
            return ToFrame();
        }
        finally
        {
            _gate.Release();
        }
    }

    private void ReadAgain(VideoCapture capture)
    {
        var isFilm = !IsDevice(out _) && capture.FrameCount > 0;
        if (isFilm && _options.Loop && capture.Set(VideoCaptureProperties.PosFrames, 0) && capture.Read(_bgr) && !_bgr.Empty())
            return;
        capture.Dispose();
        _capture = null;
        if (isFilm && _options.Loop)
        {
            _capture = Open(); // a single picture cannot be wound back
            if (_capture.Read(_bgr) && !_bgr.Empty())
                return;
        }
        throw Failure(isFilm ? "the film has ended" : "gave no picture; it is opened again at the next attempt");
    }

    private CameraFrame ToFrame()
    {
        var (width, height) = (_bgr.Width, _bgr.Height);
        var rgb = new byte[width * height * 3];
        using var target = Mat.FromPixelData(height, width, MatType.CV_8UC3, rgb);
        Cv2.CvtColor(_bgr, target, _bgr.Channels() == 1 ? ColorConversionCodes.GRAY2RGB : ColorConversionCodes.BGR2RGB);
        return new CameraFrame(width, height, rgb, _time.GetUtcNow(), _options.HorizontalFieldOfView);
    }

    private VideoCapture Open()
    {
        var device = IsDevice(out var number);
        if (device)
            CheckDevice($"/dev/video{number}");
        else if (!_options.Source.Contains("://", StringComparison.Ordinal) && !File.Exists(_options.Source))
            throw Failure("no such file");
        var capture = device ? new VideoCapture(number, VideoCaptureAPIs.V4L2) : new VideoCapture(_options.Source);
        if (!capture.IsOpened())
        {
            capture.Dispose();
            throw Failure(device ? "the device cannot be opened: another program may hold it, or it is no capture device" : "neither a film nor a stream that FFmpeg can open");
        }
        if (device)
        {
            capture.Set(VideoCaptureProperties.FrameWidth, _options.Width);
            capture.Set(VideoCaptureProperties.FrameHeight, _options.Height);
            capture.Set(VideoCaptureProperties.BufferSize, 1); // the newest picture rather than the oldest waiting one
        }
        return capture;
    }

    private void CheckDevice(string path)
    {
        if (!File.Exists(path))
            throw Failure($"{path} does not exist: plug the camera in, or name another source");
        try
        {
            using var file = new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.ReadWrite);
        }
        catch (UnauthorizedAccessException error)
        {
            throw Failure($"no right to read {path}: add the user to group video (usermod -aG video NAME) and log in again", error);
        }
        catch (IOException error)
        {
            throw Failure($"{path}: {error.Message}", error);
        }
    }

    private bool IsDevice(out int number)
    {
        const string prefix = "/dev/video";
        var digits = _options.Source.StartsWith(prefix, StringComparison.Ordinal) ? _options.Source[prefix.Length..] : _options.Source;
        return int.TryParse(digits, NumberStyles.None, CultureInfo.InvariantCulture, out number);
    }

    private CameraException Failure(string reason, Exception? inner = null) => new(_options.Name, _options.Source, reason, inner);
}
