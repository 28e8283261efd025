using EdgeMas.Core.Vision;

namespace EdgeMas.Simulation.Rendering;

/// <summary>A camera whose pictures are rendered. Any thread; captures wait for each other.</summary>
/// <remarks>The same seed and the same sequence of scenes give the same pictures, bit for bit on one kind of processor.</remarks>
public sealed class SimulatedCamera : ICamera
{
    private readonly SimulatedCameraOptions _options;
    private readonly Func<(RenderScene Scene, CameraPose Pose)> _view;
    private readonly TimeProvider _time;
    private readonly SceneRenderer _renderer;
    private readonly Lock _gate = new();
    private ulong _frame;
    private bool _disposed;

    /// <param name="view">What is before the camera now. Called once for each picture, by the capturing thread; the scene it gives must not change afterwards.</param>
    /// <param name="time">Stamps the frames: the world's clock.</param>
    public SimulatedCamera(SimulatedCameraOptions options, Func<(RenderScene Scene, CameraPose Pose)> view, TimeProvider time)
    {
        _options = options;
        _view = view;
        _time = time;
        _renderer = new SceneRenderer(options.Width, options.Height, options.HorizontalFieldOfView);
    }

    public string Name => _options.Name;

    public ValueTask<CameraFrame> CaptureAsync(CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        lock (_gate)
        {
            ObjectDisposedException.ThrowIf(_disposed, this);
            var time = _time.GetUtcNow();
            var (scene, pose) = _view();
            var rgb = new byte[_options.Width * _options.Height * 3];
            _renderer.Render(scene, pose, rgb);
            SensorNoise.Add(rgb, (ulong)_options.Seed, _frame++, (float)_options.Noise);
            return ValueTask.FromResult(new CameraFrame(_options.Width, _options.Height, rgb, time, _options.HorizontalFieldOfView));
        }
    }

    public void Dispose()
    {
        lock (_gate)
            _disposed = true;
    }
}
