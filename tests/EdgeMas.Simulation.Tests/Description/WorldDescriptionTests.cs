using EdgeMas.Simulation.Description;
using EdgeMas.Simulation.World;

namespace EdgeMas.Simulation.Tests.Description;

public sealed class WorldDescriptionTests
{
    [Fact]
    public void The_yard_leaves_twelve_metres_free_ahead_of_the_start()
    {
        var yard = WorldDescription.Yard();
        var solids = new Solids(yard);

        Assert.True(solids.Cast(yard.Start.At.X, yard.Start.At.Y - 0.4, 1, 0) > 13);
        Assert.True(solids.Cast(yard.Start.At.X, yard.Start.At.Y, 1, 0) > 13);
        Assert.True(solids.Cast(yard.Start.At.X, yard.Start.At.Y + 0.4, 1, 0) > 13);
    }

    [Fact]
    public void The_yards_places_are_inside_its_fence_with_room_to_stand()
    {
        var yard = WorldDescription.Yard();
        var solids = new Solids(yard);

        Assert.All(yard.Places.Append(yard.Dock), place =>
        {
            Assert.True(solids.Clearance(place.At.X, place.At.Y) > 0.5, place.Name);
            Assert.InRange(place.At.X, 0.85, 24.15);
            Assert.InRange(place.At.Y, 0.85, 19.15);
        });
    }

    [Fact]
    public void What_cannot_be_is_refused_with_its_path()
    {
        Assert.Equal("balls[1].radius_m", Path(yard => yard with { Balls = [yard.Balls[0], yard.Balls[1] with { RadiusM = 0 }] }));
        Assert.Equal("balls[0].color", Path(yard => yard with { Balls = [yard.Balls[0] with { Color = "reddish" }] }));
        Assert.Equal("balls[0]", Path(yard => yard with { Balls = [yard.Balls[0] with { At = new PointM(-1, 3) }] }));
        Assert.Equal("tags[0].id", Path(yard => yard with { Tags = [yard.Tags[0] with { Id = 600 }] }));
        Assert.Equal("geofence", Path(yard => yard with { Geofence = [new PointM(1, 1)] }));
        Assert.Equal("start", Path(yard => yard with { Start = new StartDescription(new PointM(14.5, 13), 0) })); // in the red ball
        Assert.Equal("start", Path(yard => yard with { Boxes = [new BoxDescription("grey", new PointM(10, 10), 4, 4, 1)], Start = new StartDescription(new PointM(10, 10), 0) })); // in a box
        Assert.Equal("start", Path(yard => yard with { Start = new StartDescription(new PointM(double.NaN, 1), 0) }));
        Assert.Equal("rover.battery_start", Path(yard => yard with { Rover = yard.Rover with { BatteryStart = 1.5 } }));
        Assert.Equal("rover.wheel_radius_m", Path(yard => yard with { Rover = yard.Rover with { WheelRadiusM = double.NaN } }));
        Assert.Equal("places[0].name", Path(yard => yard with { Places = [new PlaceDescription(" ", new PointM(1, 1))] }));
        Assert.Equal("width_m", Path(yard => yard with { WidthM = -3 }));
    }

    private static string Path(Func<WorldDescription, WorldDescription> change) =>
        Assert.Throws<WorldDescriptionException>(() => new YardWorld(change(WorldDescription.Yard()))).Path;
}
