using EdgeMas.Simulation.Rendering;

namespace EdgeMas.Simulation.Tests.Rendering;

public sealed class SceneRendererTests
{
    private static readonly Colour Red = Colour.FromName("red");

    [Theory]
    [InlineData(3, 0, 0.5, 0.3)] // straight ahead
    [InlineData(4, 1, 0.25, 0.25)] // to the left, on the ground
    [InlineData(5, -1.5, 1.2, 0.4)] // to the right, in the air
    [InlineData(12, 3, 0.3, 0.3)] // far away
    public void A_ball_appears_where_the_pinhole_model_says_and_as_large(double x, double y, double z, double radius)
    {
        var seen = Picture.Of(new RenderScene { Spheres = [new RenderSphere(x, y, z, radius, Red)] }).Red();

        Assert.NotNull(seen);
        var size = 2 * Picture.Focal * radius / Math.Sqrt((x * x) - (radius * radius)); // a sphere's outline, seen on its axis; a little wider beside it
        Assert.Equal((Picture.Width / 2.0) - (Picture.Focal * y / x), seen.Value.X, 2.5);
        Assert.Equal((Picture.Height / 2.0) - (Picture.Focal * (z - 0.5) / x), seen.Value.Y, 2.5);
        Assert.InRange(seen.Value.Width, size - 3, (size * 1.15) + 2);
        Assert.InRange(seen.Value.Height, size - 3, (size * 1.15) + 2);
    }

    [Fact]
    public void A_turned_and_tilted_camera_sees_the_same_ball_in_the_middle()
    {
        var ball = new RenderScene { Spheres = [new RenderSphere(3, 3, 0.3, 0.3, Red)] };
        var pitch = -Math.Atan2(0.2, Math.Sqrt(18));

        var seen = Picture.Of(ball, Picture.Level with { Yaw = Math.PI / 4, Pitch = pitch }).Red();

        Assert.NotNull(seen);
        Assert.Equal(Picture.Width / 2.0, seen.Value.X, 1.5);
        Assert.Equal(Picture.Height / 2.0, seen.Value.Y, 1.5);
    }

    [Theory]
    [InlineData(-3, 0)] // behind
    [InlineData(1, 3)] // beside
    public void What_is_not_before_the_camera_is_not_in_the_picture(double x, double y) =>
        Assert.Null(Picture.Of(new RenderScene { Spheres = [new RenderSphere(x, y, 0.5, 0.3, Red)] }).Red());

    [Fact]
    public void A_wall_hides_the_ball_behind_it_and_not_the_one_before_it()
    {
        var wall = new RenderWall(4, -3, 4, 3, 2, Colour.FromName("white"));

        Assert.Null(Picture.Of(new RenderScene { Spheres = [new RenderSphere(6, 0, 0.5, 0.3, Red)], Walls = [wall] }).Red());
        Assert.NotNull(Picture.Of(new RenderScene { Spheres = [new RenderSphere(2, 0, 0.5, 0.3, Red)], Walls = [wall] }).Red());
    }

    [Theory]
    [InlineData(1, 1, 1)]
    [InlineData(0.4, 1, 2)]
    public void A_box_is_as_wide_and_high_as_its_front_face(double deep, double wide, double high)
    {
        var box = new RenderBox(4 + (deep / 2), 0, high / 2, deep, wide, high, 0, Red);

        var seen = Picture.Of(new RenderScene { Boxes = [box] }).Red();

        Assert.NotNull(seen);
        Assert.Equal(Picture.Focal * wide / 4, seen.Value.Width, 3.0);
        Assert.Equal(Picture.Focal * (high - 0.5) / 4, (Picture.Height / 2.0) - (seen.Value.Y - (seen.Value.Height / 2)), 3.0); // from the horizon to its top
    }

    [Fact]
    public void A_cylinder_stands_on_the_ground()
    {
        var seen = Picture.Of(new RenderScene { Cylinders = [new RenderCylinder(3, 0, 0.2, 1.5, Red)] }).Red();

        Assert.NotNull(seen);
        Assert.Equal((Picture.Height / 2.0) + (Picture.Focal * 0.5 / 2.8), seen.Value.Y + (seen.Value.Height / 2), 4.0);
        Assert.Equal((Picture.Height / 2.0) - (Picture.Focal * 1.0 / 3), seen.Value.Y - (seen.Value.Height / 2), 8.0);
    }

    [Fact]
    public void A_tag_shows_its_cells_dark_and_light_as_its_code_says()
    {
        const int Id = 7;
        const double Size = 0.8;
        var picture = Picture.Of(new RenderScene { Tags = [new RenderTag(Id, 1.5, 0, 0.5, Math.PI, Size)] });
        var cell = Picture.Focal * Size / 1.5 / AprilTagCodes.CellsWithBorder;

        var (darkest, lightest) = (0.0, 255.0);
        for (var row = 0; row < AprilTagCodes.CellsWithBorder; row++)
        {
            for (var column = 0; column < AprilTagCodes.CellsWithBorder; column++)
            {
                var brightness = picture.Brightness(
                    (int)((Picture.Width / 2.0) + ((column - 3.5) * cell)), (int)((Picture.Height / 2.0) + ((row - 3.5) * cell)));
                if (AprilTagCodes.IsWhite(AprilTagCodes.Of(Id), row, column))
                    lightest = Math.Min(lightest, brightness);
                else
                    darkest = Math.Max(darkest, brightness);
            }
        }

        Assert.True(lightest > darkest + 60, $"white cells from {lightest:0} on, black ones up to {darkest:0}");
    }

    [Fact]
    public void The_ground_is_darker_in_the_shadow_of_a_box()
    {
        var box = new RenderBox(3, -1.5, 1, 0.6, 0.6, 2, 0, Red);
        var paved = new RenderScene { Paving = new PavedArea(-20, -20, 20, 20) };
        var spot = new { X = 3 + (0.45 * 0.6), Y = -1.5 + (0.40 * 0.6) + 0.3 }; // the sun stands behind the camera, to the right
        var column = (int)((Picture.Width / 2.0) - (Picture.Focal * spot.Y / spot.X));
        var row = (int)((Picture.Height / 2.0) + (Picture.Focal * 0.5 / spot.X));

        var shaded = Picture.Of(paved with { Boxes = [box] }).Brightness(column, row);

        Assert.True(shaded < 0.8 * Picture.Of(paved).Brightness(column, row));
    }

    [Fact]
    public void Above_the_horizon_is_sky_and_below_it_ground()
    {
        var picture = Picture.Of(new RenderScene());

        var (_, skyGreen, skyBlue) = picture.At(160, 4);
        var (_, grassGreen, grassBlue) = picture.At(160, 236);
        Assert.True(skyBlue > skyGreen, "the sky is blue");
        Assert.True(grassGreen > grassBlue, "the grass is green");
    }

    [Fact]
    public void The_same_scene_gives_the_same_picture_bit_for_bit_and_a_used_renderer_leaves_nothing_of_the_last()
    {
        var scene = new RenderScene { Spheres = [new RenderSphere(3, 0.5, 0.4, 0.4, Red)], Tags = [new RenderTag(3, 4, -1, 0.6, Math.PI, 0.4)] };
        var renderer = new SceneRenderer(Picture.Width, Picture.Height, Picture.FieldOfView);
        var (first, other, again) = (Picture.Of(scene), new byte[Picture.Width * Picture.Height * 3], new byte[Picture.Width * Picture.Height * 3]);

        renderer.Render(new RenderScene { Walls = [new RenderWall(2, -2, 2, 2, 1, Red)] }, Picture.Level, other);
        renderer.Render(scene, Picture.Level, again);

        Assert.Equal(first.Rgb, again);
    }

    [Fact]
    public void Rendering_allocates_nothing_after_the_first_picture()
    {
        var scene = new RenderScene { Spheres = [new RenderSphere(3, 0.5, 0.4, 0.4, Red)], Boxes = [new RenderBox(5, 1, 0.5, 1, 1, 1, 0.3, Red)] };
        var renderer = new SceneRenderer(Picture.Width, Picture.Height, Picture.FieldOfView);
        var rgb = new byte[Picture.Width * Picture.Height * 3];
        renderer.Render(scene, Picture.Level, rgb);

        var before = GC.GetAllocatedBytesForCurrentThread();
        renderer.Render(scene, Picture.Level, rgb);

        Assert.Equal(before, GC.GetAllocatedBytesForCurrentThread());
    }

    [Fact]
    public void A_buffer_of_another_size_and_a_camera_below_the_ground_are_refused()
    {
        var renderer = new SceneRenderer(64, 48, 1);

        Assert.Contains("9,216", Assert.Throws<ArgumentException>(() => renderer.Render(new RenderScene(), Picture.Level, new byte[10])).Message);
        Assert.Contains("above the ground", Assert.Throws<ArgumentException>(() => renderer.Render(new RenderScene(), Picture.Level with { Z = 0 }, new byte[64 * 48 * 3])).Message);
        Assert.Throws<ArgumentOutOfRangeException>(() => new SceneRenderer(8, 48, 1));
        Assert.Throws<ArgumentOutOfRangeException>(() => new SceneRenderer(64, 48, Math.PI));
    }
}
