using EdgeMas.Core.Motion;
using EdgeMas.Devices.Quadrotor;

namespace EdgeMas.Devices.Tests.Quadrotor;

public sealed class InertialFilterTests
{
    private const double Tick = 0.005;
    private static readonly Vector3D Up = new(0, 0, InertialFilter.Gravity);

    [Fact]
    public void A_flight_is_followed_by_what_is_felt_alone()
    {
        var filter = new InertialFilter();
        filter.Begin(new Vector3D(4, 8, 0), Attitude.FromYaw(0.7), default);
        var (position, velocity, attitude) = (new Vector3D(4, 8, 0), default(Vector3D), Attitude.FromYaw(0.7));

        for (var i = 0; i < 1000; i++)
        {
            var t = i * Tick;
            var rate = new Vector3D(0.4 * Math.Cos(3 * t), -0.3 * Math.Sin(2 * t), 0.2);
            var acceleration = new Vector3D(Math.Sin(t), Math.Cos(2 * t), 0.3 * Math.Cos(t));
            filter.Predict(attitude.ToBody(acceleration + Up), rate, Tick);
            position += (velocity * Tick) + (acceleration * (Tick * Tick / 2));
            velocity += acceleration * Tick;
            attitude = attitude.Turned(rate, Tick);
        }

        Assert.InRange((filter.Position - position).Length, 0, 1e-6);
        Assert.InRange((filter.Velocity - velocity).Length, 0, 1e-6);
        Assert.InRange((filter.Attitude.Up - attitude.Up).Length, 0, 1e-9);
    }

    [Theory]
    [InlineData(0.01, 0, 0)]
    [InlineData(0, -0.01, 0)]
    [InlineData(0.008, 0.008, 0)]
    public void A_gyroscope_that_drifts_in_the_air_is_found_out_by_the_speed(double x, double y, double z)
    {
        var drift = new Vector3D(x, y, z);
        var filter = new InertialFilter();
        filter.Begin(default, Attitude.FromYaw(2), default);

        for (var i = 0; i < 60 * 200; i++) // it hovers, level
        {
            filter.Predict(Up, drift, Tick);
            if (i % 40 == 0)
                TellSatellites(filter, default, default);
        }

        Assert.InRange(filter.Attitude.Tilt, 0, 0.01); // 0.6 without
        Assert.InRange((filter.TurnBias - drift).Length, 0, 0.002);
        Assert.InRange(filter.Velocity.HorizontalLength, 0, 0.05); // nothing tells of the height
        Assert.InRange(filter.Position.HorizontalLength, 0, 0.1);
    }

    [Fact]
    public void A_biased_accelerometer_does_not_lift_what_the_range_finder_sees_standing()
    {
        var filter = new InertialFilter();
        filter.Begin(default, Attitude.Level, default);

        for (var i = 0; i < 10 * 200; i++)
        {
            filter.Predict(Up + new Vector3D(0, 0, 0.3), default, Tick);
            if (i % 6 == 0)
                Assert.True(filter.TryMeasurePosition(2, 1, 0.03, i == 0 ? double.PositiveInfinity : 5));
        }

        Assert.Equal(1, filter.Position.Z, 0.02);
        Assert.Equal(0, filter.Velocity.Z, 0.05);
    }

    [Fact]
    public void A_measurement_far_beyond_its_doubt_or_that_is_none_changes_nothing()
    {
        var filter = new InertialFilter();
        filter.Begin(new Vector3D(1, 2, 3), Attitude.Level, default);
        filter.Predict(Up, default, Tick);
        var before = (filter.Position, filter.Velocity, filter.Attitude);

        Assert.False(filter.TryMeasurePosition(2, 30, 0.03, gate: 5));
        Assert.False(filter.TryMeasureVelocity(0, double.NaN, 0.1));

        Assert.Equal(before, (filter.Position, filter.Velocity, filter.Attitude));
    }

    [Fact]
    public void Standing_takes_back_the_speed_and_learns_the_bias()
    {
        var filter = new InertialFilter();
        filter.Begin(default, Attitude.Level, default);

        for (var i = 0; i < 1000; i++)
        {
            filter.Predict(Up + new Vector3D(0.1, -0.1, 0.05), new Vector3D(0.004, -0.003, 0.002), Tick);
            filter.Stand(new Vector3D(0.004, -0.003, 0.002));
        }

        Assert.InRange(filter.Velocity.Length, 0, 0.01);
        Assert.InRange((filter.TurnBias - new Vector3D(0.004, -0.003, 0.002)).Length, 0, 0.0005);
    }

    [Fact]
    public void Nothing_is_allocated()
    {
        var filter = new InertialFilter();
        filter.Begin(default, Attitude.Level, default);
        filter.Predict(Up, default, Tick);
        TellSatellites(filter, default, default);
        filter.Stand(default);
        var before = GC.GetAllocatedBytesForCurrentThread();

        for (var i = 0; i < 100; i++)
        {
            filter.Predict(Up, default, Tick);
            TellSatellites(filter, default, default);
            filter.Stand(default);
            filter.ResetHeight(1, 0.1);
        }

        Assert.Equal(0, GC.GetAllocatedBytesForCurrentThread() - before);
    }

    private static void TellSatellites(InertialFilter filter, in Vector3D position, in Vector3D velocity)
    {
        filter.TryMeasurePosition(0, position.X, 1);
        filter.TryMeasurePosition(1, position.Y, 1);
        filter.TryMeasureVelocity(0, velocity.X, 0.15);
        filter.TryMeasureVelocity(1, velocity.Y, 0.15);
    }
}
