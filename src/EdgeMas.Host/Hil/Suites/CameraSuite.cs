using EdgeMas.Core.Vision;
using EdgeMas.Vision.Cameras;

namespace EdgeMas.Host.Hil.Suites;

/// <summary>The camera <c>/dev/video0</c>, the kernel's vivid, whose test picture begins with bars of all colours.</summary>
internal sealed class CameraSuite : HilSuite
{
    private const string Driver = "/sys/bus/platform/drivers/vivid";
    private const string Instance = "vivid.0";
    private const string Node = "/dev/video0";
    private const int Width = 640;
    private const int Height = 360;
    private const int LeastColours = 6;

    private OpenCvCamera? _camera;

    public override string Name => "camera";

    public override string Description => "A V4L2 camera: pictures of the wanted size, new ones each time, pulled out and plugged in again, one that is not there";

    public override IReadOnlyList<HilCase> Cases =>
    [
        new("pictures come in the wanted size, with the bars of the test picture, one after the other", bench =>
        {
            _camera = new OpenCvCamera(new OpenCvCameraOptions { Source = Node, Width = Width, Height = Height, Patience = bench.Patience }, bench.Time);
            var before = DateTimeOffset.MinValue;
            for (var i = 0; i < 5; i++)
            {
                var frame = Capture(_camera);
                HilBench.Equal((Width, Height), (frame.Width, frame.Height), "size");
                HilBench.True(Colours(frame) >= LeastColours, $"only {Colours(frame)} colours in the bars of the test picture");
                HilBench.True(frame.Time > before, "a picture is newer than the one before");
                before = frame.Time;
            }
        }),
        new("a camera pulled out is told, and plugged in again gives pictures", bench =>
        {
            File.WriteAllText($"{Driver}/unbind", Instance);
            HilBench.Throws<CameraException>(() => CaptureUntilItFails(bench), Node);
            Plug(bench);
            HilBench.True(Colours(Capture(_camera!)) >= LeastColours, "the bars of the test picture");
        }),
        new("a camera that is not there is an error that names it", bench =>
        {
            using var none = new OpenCvCamera(new OpenCvCameraOptions { Source = "/dev/video77" }, bench.Time);
            HilBench.Throws<CameraException>(() => Capture(none), "/dev/video77");
        }),
    ];

    public override IReadOnlyList<HilFault> Faults => [new("camera-pulled-out", _ => File.WriteAllText($"{Driver}/unbind", Instance))];

    public override void SetUp(HilBench bench) => Plug(bench);

    public override void TearDown() => _camera?.Dispose();

    private static void Plug(HilBench bench)
    {
        if (!Directory.Exists($"{Driver}/{Instance}"))
            File.WriteAllText($"{Driver}/bind", Instance);
        bench.Until(() => File.Exists(Node), $"{Node} is there");
    }

    private static CameraFrame Capture(OpenCvCamera camera) => camera.CaptureAsync(CancellationToken.None).AsTask().GetAwaiter().GetResult();

    /// <summary>What the driver had ready may come first.</summary>
    private void CaptureUntilItFails(HilBench bench) => bench.Until(
        () =>
        {
            Capture(_camera!);
            return false;
        },
        "no more pictures");

    /// <summary>Strong colours, each component on or off, in the upper row.</summary>
    private static int Colours(CameraFrame frame)
    {
        var seen = new HashSet<int>();
        for (var x = 0; x < frame.Width; x++)
        {
            var at = ((frame.Height / 20 * frame.Width) + x) * 3;
            seen.Add((frame.Rgb[at] >> 7 << 2) | (frame.Rgb[at + 1] >> 7 << 1) | (frame.Rgb[at + 2] >> 7));
        }
        return seen.Count;
    }
}
