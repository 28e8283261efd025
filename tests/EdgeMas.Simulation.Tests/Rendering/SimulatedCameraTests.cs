using EdgeMas.Core.Vision;
using EdgeMas.Simulation.Clock;
using EdgeMas.Simulation.Rendering;

namespace EdgeMas.Simulation.Tests.Rendering;

public sealed class SimulatedCameraTests
{
    private static readonly RenderScene Scene = new() { Spheres = [new RenderSphere(3, 0, 0.5, 0.4, Colour.FromName("red"))] };

    [Fact]
    public async Task The_same_seed_gives_the_same_pictures_one_after_another()
    {
        using var first = Make(seed: 5);
        using var second = Make(seed: 5);

        for (var i = 0; i < 3; i++)
            Assert.Equal((await CaptureAsync(first)).Rgb, (await CaptureAsync(second)).Rgb);
    }

    [Fact]
    public async Task Another_seed_and_the_next_picture_have_other_noise()
    {
        using var camera = Make(seed: 5);
        using var other = Make(seed: 6);
        var picture = (await CaptureAsync(camera)).Rgb;

        Assert.NotEqual(picture, (await CaptureAsync(other)).Rgb);
        Assert.NotEqual(picture, (await CaptureAsync(camera)).Rgb);
    }

    [Fact]
    public async Task The_noise_has_the_strength_that_was_asked_for_and_no_bias()
    {
        using var clean = Make(seed: 1, noise: 0);
        using var noisy = Make(seed: 1, noise: 2.5);
        var (truth, seen) = ((await CaptureAsync(clean)).Rgb, (await CaptureAsync(noisy)).Rgb);
        var errors = truth.Zip(seen, (a, b) => (double)b - a).Where((_, i) => truth[i] is > 20 and < 235).ToList(); // away from where it is clipped

        Assert.InRange(errors.Average(), -0.1, 0.1);
        Assert.InRange(Math.Sqrt(errors.Average(error => error * error)), 2.2, 2.8);
    }

    [Fact]
    public async Task A_frame_knows_its_size_its_optics_and_the_worlds_time()
    {
        var clock = new VirtualClock(new DateTimeOffset(2030, 1, 2, 3, 4, 5, TimeSpan.Zero));
        using var camera = new SimulatedCamera(new SimulatedCameraOptions { Width = 64, Height = 48, HorizontalFieldOfView = 1 }, () => (Scene, Picture.Level), clock);

        var frame = await CaptureAsync(camera);

        Assert.Equal((64, 48, 64 * 48 * 3, 1.0, clock.GetUtcNow()), (frame.Width, frame.Height, frame.Rgb.Length, frame.HorizontalFieldOfView, frame.Time));
    }

    [Fact]
    public async Task A_disposed_camera_takes_no_picture()
    {
        var camera = Make(seed: 1);
        camera.Dispose();

        await Assert.ThrowsAsync<ObjectDisposedException>(() => CaptureAsync(camera));
    }

    private static SimulatedCamera Make(int seed, double noise = 2.5) =>
        new(new SimulatedCameraOptions { Width = 160, Height = 120, Seed = seed, Noise = noise }, () => (Scene, Picture.Level), new VirtualClock());

    private static Task<CameraFrame> CaptureAsync(SimulatedCamera camera) => camera.CaptureAsync(TestContext.Current.CancellationToken).AsTask();
}
