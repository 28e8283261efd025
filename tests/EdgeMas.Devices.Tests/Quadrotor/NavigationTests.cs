using System.Numerics;
using EdgeMas.Core.Motion;
using EdgeMas.Devices.Chips.Gnss;
using EdgeMas.Devices.Quadrotor;
using EdgeMas.Devices.Watches;
using Microsoft.Extensions.Time.Testing;

namespace EdgeMas.Devices.Tests.Quadrotor;

public sealed class NavigationTests
{
    private static readonly Vector3D Gravity = new(0, 0, 9.80665);

    private readonly FakeTimeProvider _time = new();
    private readonly Navigation _navigation;
    private Stamped _range;
    private GnssFix _fix;
    private long _heard;
    private bool _turns;

    public NavigationTests()
    {
        _time.Advance(TimeSpan.FromSeconds(10));
        _navigation = new Navigation(QuadrotorRig.Wired(), () => _range, TryGetFix, () => _turns, _time);
    }

    [Theory]
    [InlineData(0, 0)]
    [InlineData(0.2, -0.1)]
    [InlineData(-0.3, 0.25)]
    public void A_second_of_standing_gives_the_vertical_and_the_gyroscopes_bias(double roll, double pitch)
    {
        var attitude = Attitude.FromYaw(0.5) * new Attitude(Math.Cos(pitch / 2), 0, Math.Sin(pitch / 2), 0) * new Attitude(Math.Cos(roll / 2), Math.Sin(roll / 2), 0, 0);
        Feel(1.2, attitude.ToBody(Gravity), new Vector3D(0.03, -0.02, 0.01));

        Assert.True(_navigation.IsAligned);
        Assert.InRange((_navigation.Latest.Attitude.Up - attitude.Up).Length, 0, 1e-3);
        Assert.Equal(0.5, _navigation.Latest.Attitude.Yaw, 1e-3);
        Assert.InRange(_navigation.Latest.AngularRate.Length, 0, 1e-6);
        Assert.Equal(new Vector3D(4, 8, 0), _navigation.Latest.Position with { Z = 0 });
    }

    [Fact]
    public void Nothing_is_known_of_a_body_that_is_moved_about_or_whose_rotors_turn()
    {
        for (var i = 0; i < 10; i++)
        {
            Feel(0.5, Gravity, default);
            Feel(0.1, Gravity, new Vector3D(0.8, 0, 0));
        }
        Assert.False(_navigation.IsAligned);
        _turns = true;
        Feel(3, Gravity, default);

        Assert.False(_navigation.IsAligned);
    }

    [Fact]
    public void A_gap_loses_the_attitude_but_not_the_heading_and_standing_still_finds_it()
    {
        Feel(1.2, Gravity, default);
        Feel(1, Gravity, new Vector3D(0, 0, 0.5)); // by hand
        _time.Advance(TimeSpan.FromMilliseconds(90));
        Assert.True(_navigation.IsAligned);
        _time.Advance(TimeSpan.FromMilliseconds(20));
        Assert.False(_navigation.IsAligned);

        Feel(0.1, Gravity, default);
        Assert.False(_navigation.IsAligned);
        Feel(1.2, Gravity, default);
        Assert.True(_navigation.IsAligned);
        Assert.Equal(1, _navigation.Latest.Attitude.Yaw, 0.02);
    }

    [Fact]
    public void The_height_is_the_range_finders_and_a_thing_below_is_the_ground_only_when_it_stays()
    {
        Feel(1.2, Gravity, default);
        Range(0.5 + 0.06, 0.3);
        Assert.Equal(0.5, _navigation.Latest.Position.Z, 0.02);

        _turns = true;
        Range(0.5 + 0.06, 0.5);
        Range(0.1, 0.5); // over a box
        Assert.Equal(0.5, _navigation.Latest.Position.Z, 0.05);
        Range(0.1, 0.8);
        Assert.Equal(0.04, _navigation.Latest.Position.Z, 0.05);
        Range(double.PositiveInfinity, 0.3);
        Assert.Equal(0.04, _navigation.Latest.Position.Z, 0.1);
    }

    [Fact]
    public void Fixes_at_rest_give_the_place_and_in_the_air_the_way_from_there()
    {
        Feel(1.2, Gravity, default);
        for (var i = 0; i < 5; i++)
        {
            Assert.False(_navigation.HasPlace);
            Fix(48, 11.5);
        }
        Assert.True(_navigation.HasPlace);

        _turns = true;
        for (var i = 0; i < 100; i++)
            Fix(48 + (3 / 111_200.0), 11.5, range: 1.06); // 3 m north, which is the world's y
        Assert.InRange((_navigation.Latest.Position - new Vector3D(4, 11, 1)).Length, 0, 0.3);
    }

    [Fact]
    public void While_it_stands_wandering_fixes_move_nothing()
    {
        Feel(1.2, Gravity, default);
        for (var i = 0; i < 100; i++)
            Fix(48 + (i * 0.05 / 111_200.0), 11.5);

        Assert.InRange((_navigation.Latest.Position - new Vector3D(4, 8, 0)).HorizontalLength, 0, 0.05);
    }

    [Theory]
    [InlineData(0, false, 1, 0, 0)]
    [InlineData(1, false, 0, 1, 0)]
    [InlineData(2, false, -1, 0, 0)]
    [InlineData(3, false, 0, -1, 0)]
    [InlineData(0, true, 1, 0, 0)]
    [InlineData(1, true, 0, 1, 0)]
    public void A_chip_that_is_turned_or_upside_down_is_turned_back(int quarters, bool upsideDown, double x, double y, double z)
    {
        var wiring = new InertialWiring(1, 0x68, quarters, upsideDown);

        Assert.Equal(new Vector3D(x, y, z), wiring.ToBody(new Vector3(1, 0, 0)));
        Assert.Equal(new Vector3D(0, 0, upsideDown ? -1 : 1), wiring.ToBody(new Vector3(0, 0, 1)));
        var (a, b) = (wiring.ToBody(new Vector3(1, 0, 0)), wiring.ToBody(new Vector3(0, 1, 0)));
        Assert.Equal(wiring.ToBody(new Vector3(0, 0, 1)), Vector3D.Cross(a, b)); // it stays right-handed
    }

    private bool TryGetFix(out GnssFix fix, out long heard)
    {
        (fix, heard) = (_fix, _heard);
        return _heard != 0;
    }

    private void Feel(double seconds, in Vector3D force, in Vector3D rate)
    {
        for (var i = 0; i < seconds / 0.005; i++)
        {
            _time.Advance(TimeSpan.FromMilliseconds(5));
            _navigation.Feel(force, rate);
        }
    }

    private void Range(double meters, double seconds)
    {
        for (var i = 0; i < seconds / 0.03; i++)
        {
            _range = new Stamped(_time.GetTimestamp(), meters);
            Feel(0.03, Gravity, default);
        }
    }

    private void Fix(double latitude, double longitude, double range = 0.06)
    {
        _fix = GnssFix.Nothing with { Kind = GnssFixKind.Satellites, LatitudeDegrees = latitude, LongitudeDegrees = longitude, AltitudeMeters = 500, SpeedMetersPerSecond = 0, HorizontalDilution = 0.8 };
        _heard = _time.GetTimestamp();
        Range(range, 0.2);
    }
}
