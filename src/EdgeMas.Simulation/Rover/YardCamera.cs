using EdgeMas.Simulation.Description;
using EdgeMas.Simulation.Rendering;
using EdgeMas.Simulation.World;

namespace EdgeMas.Simulation.Rover;

/// <summary>The rover's front camera: renders the yard from where the rover truly stands.</summary>
public static class YardCamera
{
    private const double BorderThicknessM = 0.12;

    /// <param name="time">Stamps the frames.</param>
    public static SimulatedCamera Mount(YardWorld world, TimeProvider time, SimulatedCameraOptions? options = null)
    {
        var scene = SceneOf(world.Description);
        return new SimulatedCamera(options ?? new SimulatedCameraOptions(), () => (scene, PoseOf(world)), time);
    }

    /// <summary>What the yard looks like; nothing in it moves but the rover, which does not see itself.</summary>
    public static RenderScene SceneOf(WorldDescription world) => new()
    {
        Spheres = [.. world.Balls.Select(ball => new RenderSphere(ball.At.X, ball.At.Y, ball.RadiusM, ball.RadiusM, Colour.FromName(ball.Color)))],
        Boxes =
        [
            .. world.Boxes.Select(box => new RenderBox(
                box.At.X, box.At.Y, box.HeightM / 2, box.WidthM, box.DepthM, box.HeightM, box.HeadingDeg * Math.PI / 180, Colour.FromName(box.Color))),
            .. world.Obstacles.Select(Trunk),
        ],
        Walls = [.. Border(world), .. world.Walls.Select(wall => new RenderWall(wall.From.X, wall.From.Y, wall.To.X, wall.To.Y, wall.HeightM, Colour.FromName(wall.Color)))],
        Tags = [.. world.Tags.Select(tag => new RenderTag(tag.Id, tag.At.X, tag.At.Y, tag.HeightM, tag.FacingDeg * Math.PI / 180, tag.SizeM) { OnPost = false })],
    };

    private static CameraPose PoseOf(YardWorld world)
    {
        var rover = world.Description.Rover;
        var (x, y, heading) = world.TruePose;
        var (sin, cos) = Math.SinCos(heading);
        return new CameraPose(x + (rover.CameraForwardM * cos), y + (rover.CameraForwardM * sin), rover.CameraHeightM, heading, rover.CameraPitchDeg * Math.PI / 180);
    }

    /// <summary>A cylinder drawn as a square post of the same area.</summary>
    private static RenderBox Trunk(ObstacleDescription obstacle)
    {
        var side = Math.Sqrt(Math.PI) * obstacle.RadiusM;
        return new RenderBox(obstacle.At.X, obstacle.At.Y, obstacle.HeightM / 2, side, side, obstacle.HeightM, 0, Colour.FromName(obstacle.Color));
    }

    /// <summary>The border's walls stand outside of the ground, so that their faces are its edge.</summary>
    private static IEnumerable<RenderWall> Border(WorldDescription world)
    {
        const double half = BorderThicknessM / 2;
        var (width, depth, height, colour) = (world.WidthM, world.DepthM, world.BorderHeightM, Colour.FromName("grey"));
        if (height == 0)
            return [];
        return
        [
            new RenderWall(-half, -half, width + half, -half, height, colour) { Thickness = BorderThicknessM },
            new RenderWall(width + half, -half, width + half, depth + half, height, colour) { Thickness = BorderThicknessM },
            new RenderWall(width + half, depth + half, -half, depth + half, height, colour) { Thickness = BorderThicknessM },
            new RenderWall(-half, depth + half, -half, -half, height, colour) { Thickness = BorderThicknessM },
        ];
    }
}
