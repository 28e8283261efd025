using EdgeMas.Core.Vision;
using EdgeMas.Simulation.Clock;
using EdgeMas.Simulation.Description;
using EdgeMas.Simulation.Rendering;
using EdgeMas.Simulation.Rover;
using EdgeMas.Simulation.World;

namespace EdgeMas.Simulation.Tests.Rover;

public sealed class YardCameraTests
{
    [Fact]
    public async Task The_red_ball_is_in_the_picture_where_it_should_be()
    {
        var (x, share) = Red(await CaptureAsync(new StartDescription(new PointM(14, 8), 90)));

        Assert.InRange(share, 0.001, 0.1);
        Assert.InRange(x, 0.52, 0.7); // half a metre to the right at five metres
    }

    [Fact]
    public async Task Looking_the_other_way_there_is_no_red() => Assert.InRange(Red(await CaptureAsync(new StartDescription(new PointM(14, 8), -90))).Share, 0, 0.0005);

    [Fact]
    public async Task The_camera_follows_the_rover()
    {
        var world = new YardWorld(WorldDescription.Yard() with { Start = new StartDescription(new PointM(14, 8), 90) });
        var clock = new VirtualClock();
        var rover = new SimulatedRover(world, clock);
        using var camera = Mount(world, clock);
        var from = Red(await camera.CaptureAsync(TestContext.Current.CancellationToken)).Share;
        for (var i = 0; i < 300; i++)
        {
            rover.TryDrive(10, 10);
            world.Step(TimeSpan.FromMilliseconds(10));
        }

        Assert.True(Red(await camera.CaptureAsync(TestContext.Current.CancellationToken)).Share > 2 * from);
    }

    private static SimulatedCamera Mount(YardWorld world, VirtualClock clock)
    {
        var (scene, mount) = (YardScene.Of(world.Description), new CameraMount());
        return new SimulatedCamera(new SimulatedCameraOptions(), () => (scene, mount.On(world.TruePose)), clock);
    }

    private static async Task<CameraFrame> CaptureAsync(StartDescription start)
    {
        using var camera = Mount(new YardWorld(WorldDescription.Yard() with { Start = start }), new VirtualClock());
        return await camera.CaptureAsync(TestContext.Current.CancellationToken);
    }

    /// <returns>Where red pixels are on average (0 left to 1 right), and their share of the picture.</returns>
    private static (double X, double Share) Red(CameraFrame frame)
    {
        var (sum, count) = (0.0, 0);
        for (var i = 0; i < frame.Width * frame.Height; i++)
        {
            var (r, g, b) = (frame.Rgb[3 * i], frame.Rgb[(3 * i) + 1], frame.Rgb[(3 * i) + 2]);
            if (r > 90 && r > 2.5 * g && r > 2.5 * b)
                (sum, count) = (sum + (i % frame.Width), count + 1);
        }
        return (sum / Math.Max(1, count) / frame.Width, (double)count / (frame.Width * frame.Height));
    }
}
