using EdgeMas.Core.Motion;
using EdgeMas.Devices.Chips.Gnss;
using EdgeMas.Devices.Quadrotor;

namespace EdgeMas.Devices.Tests.Quadrotor;

public sealed class SatelliteFrameTests
{
    /// <summary>Lengths of a degree from the tables of WGS 84 at the latitude.</summary>
    [Theory]
    [InlineData(0, 110_574, 111_320)]
    [InlineData(45, 111_132, 78_847)]
    [InlineData(60, 111_412, 55_800)]
    [InlineData(-30, 110_852, 96_486)]
    public void A_thousandth_of_a_degree_is_as_long_as_the_tables_say(double latitude, double north, double east)
    {
        var frame = new SatelliteFrame(Math.PI / 2);
        frame.Stand(Fix(latitude, 11), new Vector3D(4, 8, 0));

        Assert.Equal(8 + (north / 1000), frame.PlaceOf(Fix(latitude + 0.001, 11)).Y, 0.02);
        Assert.Equal(4 + (east / 1000), frame.PlaceOf(Fix(latitude, 11.001)).X, 0.02);
    }

    [Fact]
    public void Beyond_180_degrees_east_it_goes_on_in_the_west()
    {
        var frame = new SatelliteFrame(Math.PI / 2);
        frame.Stand(Fix(0, 179.9999), new Vector3D(4, 8, 0));
        frame.Stand(Fix(0, -179.9999), new Vector3D(4, 8, 0)); // the mean of both is the line between

        Assert.Equal(4 + 11.13, frame.PlaceOf(Fix(0, -179.9999)).X, 0.02);
        Assert.Equal(4 - 11.13, frame.PlaceOf(Fix(0, 179.9999)).X, 0.02);
    }

    [Theory]
    [InlineData(90, 0, 1)] // x is east: north is y
    [InlineData(0, 1, 0)]
    [InlineData(180, -1, 0)]
    [InlineData(270, 0, -1)]
    public void North_lies_where_the_bearing_of_the_x_axis_puts_it(double bearing, double x, double y)
    {
        var frame = new SatelliteFrame(bearing * Math.PI / 180);
        frame.Stand(Fix(48, 11), default);

        var place = frame.PlaceOf(Fix(48.0001, 11));
        var velocity = frame.VelocityOf(Fix(48, 11) with { SpeedMetersPerSecond = 2, CourseDegrees = 0 });

        Assert.Equal((x * 11.12, y * 11.12), (place.X, place.Y), (a, b) => Math.Abs(a.Item1 - b.Item1) < 0.02 && Math.Abs(a.Item2 - b.Item2) < 0.02);
        Assert.InRange((velocity - new Vector3D(2 * x, 2 * y, 0)).Length, 0, 1e-9);
    }

    [Fact]
    public void A_speed_without_a_course_is_rest_and_no_speed_is_none()
    {
        var frame = new SatelliteFrame(0);

        Assert.Equal(default, frame.VelocityOf(Fix(48, 11) with { SpeedMetersPerSecond = 0.1 }));
        Assert.True(double.IsNaN(frame.VelocityOf(Fix(48, 11)).X));
    }

    private static GnssFix Fix(double latitude, double longitude) => GnssFix.Nothing with { Kind = GnssFixKind.Satellites, LatitudeDegrees = latitude, LongitudeDegrees = longitude, AltitudeMeters = 500 };
}
