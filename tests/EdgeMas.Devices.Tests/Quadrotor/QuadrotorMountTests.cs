using System.Numerics;
using EdgeMas.Core.Motion;
using EdgeMas.Devices.Quadrotor;
using EdgeMas.Simulation.Board;
using EdgeMas.Testing;

namespace EdgeMas.Devices.Tests.Quadrotor;

public sealed class QuadrotorMountTests
{
    private static readonly RotorSpeeds Some = new(450, 225, 675, 900);

    [Fact]
    public async Task It_is_ready_when_all_parts_work_and_knows_its_start_its_attitude_and_its_charge()
    {
        using var rig = new QuadrotorRig();
        rig.Motion.Feel(new Vector3(0, 9.80665f * MathF.Sin(0.1f), 9.80665f * MathF.Cos(0.1f)), new Vector3(0.02f, -0.01f, 0.03f)); // rolled to its right
        Assert.False(rig.Port.TryRead(out _));

        await rig.UntilReadyAsync();

        Assert.True(rig.Port.TryRead(out var sensors));
        Assert.InRange((sensors.Position - new Vector3D(4, 8, 0)).Length, 0, 0.1);
        Assert.InRange(sensors.Velocity.Length, 0, 0.05);
        Assert.Equal(0.1, sensors.Attitude.Tilt, 0.01);
        Assert.Equal(0.5, sensors.Attitude.Yaw, 0.02);
        Assert.InRange(sensors.AngularRate.Length, 0, 0.01); // the bias is taken off
        Assert.Equal(0.5, sensors.Battery, 0.01);
        Assert.False(sensors.MustLand);
    }

    [Fact]
    public async Task No_pulse_comes_out_before_the_controllers_have_that_of_standing_still_and_then_none_leaves_its_range()
    {
        using var rig = new QuadrotorRig();
        Assert.False(rig.Port.TrySpin(Some)); // not armed
        await rig.SpinAsync();

        Assert.Equal([0, 0, 0, 0], Enumerable.Range(0, 4).Select(channel => rig.Chip.Pulses.Of(channel).Count)); // other plugs
        await Until.TrueAsync(() => Math.Abs(rig.Pulse(4) - 1.25) < 0.002 && Math.Abs(rig.Pulse(6) - 1.75) < 0.002 && Math.Abs(rig.Pulse(7) - 2) < 0.002);
        Assert.True(rig.Port.TrySpin(new RotorSpeeds(-100, 0, 1e9, double.MaxValue / 8)));
        await Until.TrueAsync(() => Math.Abs(rig.Pulse(6) - 2) < 0.002);
        for (var channel = 4; channel < 8; channel++)
        {
            var pulses = rig.Chip.Pulses.Of(channel);
            Assert.Equal(1, 1000 * pulses[0].Seconds, 0.002);
            Assert.All(pulses, pulse => Assert.InRange(1000 * pulse.Seconds, 0.998, 2.002));
        }
    }

    [Theory]
    [InlineData(double.NaN)]
    [InlineData(double.PositiveInfinity)]
    public async Task A_setpoint_that_is_no_number_is_refused(double speed)
    {
        using var rig = new QuadrotorRig();
        await rig.SpinAsync();

        Assert.False(rig.Port.TrySpin(Some with { BackLeft = speed }));
    }

    [Fact]
    public async Task A_cut_ends_all_pulses_before_it_returns_though_the_bus_is_dead_and_stands_the_rotors_as_soon_as_the_bus_works()
    {
        using var rig = new QuadrotorRig();
        await rig.SpinAsync();
        rig.Silence(QuadrotorRig.Rotors, true);

        rig.Mount.Cut();
        Assert.True(rig.Enable.IsHigh);
        await Until.TrueAsync(() => rig.Mount.Troubles.Any(trouble => trouble.Contains("no chip answers", StringComparison.Ordinal)));
        Assert.True(rig.Enable.IsHigh);
        Assert.False(rig.Port.TrySpin(Some));

        rig.Silence(QuadrotorRig.Rotors, false);
        await rig.UntilReadyAsync();
        Assert.Equal(1, rig.Pulse(5), 0.002);
    }

    [Fact]
    public async Task A_chip_that_has_not_what_it_was_given_is_cut_at_its_OE_and_told()
    {
        using var rig = new QuadrotorRig();
        await rig.SpinAsync();

        var rises = rig.Enable.Rises;
        rig.Chip.PowerUp(); // its supply dipped
        await Until.TrueAsync(() => rig.Enable.Rises > rises);

        await rig.UntilReadyAsync();
        Assert.Equal(1, rig.Pulse(5), 0.002);
    }

    [Fact]
    public async Task Setpoints_that_stop_coming_cut_the_rotors()
    {
        using var rig = new QuadrotorRig(wiring => wiring with { CommandTimeout = TimeSpan.FromMilliseconds(300) });
        await rig.UntilReadyAsync();
        Assert.True(rig.Port.TrySpin(Some));

        await Until.TrueAsync(() => rig.Chip.Pulses.Of(5).Any(pulse => pulse.Seconds > 0.0014));
        await Until.TrueAsync(() => Math.Abs(rig.Pulse(5) - 1) < 0.002);
    }

    [Fact]
    public async Task In_the_air_a_sensor_that_fails_asks_to_be_landed_and_the_inertial_one_gives_no_reading_at_all()
    {
        using var rig = new QuadrotorRig();
        await rig.SpinAsync();

        rig.Silence(QuadrotorRig.Height, true);
        await Until.TrueAsync(() => rig.Port.TryRead(out var sensors) && sensors.MustLand);
        rig.Silence(QuadrotorRig.Height, false);
        await Until.TrueAsync(() => rig.Port.TryRead(out var sensors) && !sensors.MustLand);
        rig.IsReceiverSilent = true;
        await Until.TrueAsync(() => rig.Port.TryRead(out var sensors) && sensors.MustLand);
        rig.IsReceiverSilent = false;
        await Until.TrueAsync(() => rig.Port.TryRead(out var sensors) && !sensors.MustLand);
        rig.Silence(QuadrotorRig.Battery, true);
        await Until.TrueAsync(() => rig.Port.TryRead(out var sensors) && sensors.MustLand);
        rig.Silence(QuadrotorRig.Battery, false);

        rig.Silence(QuadrotorRig.Imu, true);
        await Until.TrueAsync(() => !rig.Port.TryRead(out _));
        await Until.TrueAsync(() => rig.Mount.Troubles.Any(trouble => trouble.StartsWith("inertial sensor: ", StringComparison.Ordinal)));
        rig.Mount.Cut();
        rig.Silence(QuadrotorRig.Imu, false);
        await rig.UntilReadyAsync();
    }

    [Fact]
    public async Task An_inertial_sensor_whose_readings_do_not_change_is_not_believed()
    {
        using var rig = new QuadrotorRig();
        await rig.SpinAsync();

        rig.Replace(QuadrotorRig.Imu, new Frozen(rig.Motion));

        await Until.TrueAsync(() => rig.Mount.Troubles.Any(trouble => trouble.Contains("do not change any more", StringComparison.Ordinal)));
        Assert.False(rig.Port.TryRead(out _));
    }

    [Theory]
    [InlineData(QuadrotorRig.Height, "range finder")]
    [InlineData(QuadrotorRig.Battery, "battery sensor")]
    [InlineData(QuadrotorRig.Imu, "inertial sensor")]
    [InlineData(QuadrotorRig.Rotors, "speed controllers")]
    public async Task On_the_ground_a_part_that_is_missing_is_told_and_keeps_it_there_until_it_is_found(int address, string part)
    {
        using var rig = new QuadrotorRig(before: rig => rig.Silence(address, true));
        await Until.TrueAsync(() => rig.Mount.Troubles.Any(trouble => trouble.StartsWith(part, StringComparison.Ordinal) && trouble.Contains("no chip answers", StringComparison.Ordinal)));
        await Until.TrueAsync(() => rig.Mount.Troubles.Count == (address == QuadrotorRig.Imu ? 2 : 1), detail: () => string.Join("; ", rig.Mount.Troubles));
        Assert.False(rig.Port.TryRead(out _));

        rig.Silence(address, false);
        await rig.UntilReadyAsync();
    }

    [Fact]
    public async Task The_end_leaves_no_pulse_and_lets_go_of_the_line()
    {
        var rig = new QuadrotorRig();
        await rig.SpinAsync();

        rig.Dispose();

        Assert.True(rig.Enable.IsHigh && rig.Enable.IsDisposed);
        Assert.Equal(0, rig.Chip.Duty(5));
    }

    [Fact]
    public async Task Reading_and_giving_setpoints_allocate_nothing()
    {
        using var rig = new QuadrotorRig();
        await rig.SpinAsync();
        rig.Port.TryRead(out _);
        var before = GC.GetAllocatedBytesForCurrentThread();

        for (var i = 0; i < 1000; i++)
        {
            rig.Port.TryRead(out _);
            rig.Port.TrySpin(Some);
        }

        Assert.Equal(0, GC.GetAllocatedBytesForCurrentThread() - before);
    }

    [Theory]
    [InlineData(0, 1, 2, 2)]
    [InlineData(0, 1, 2, 4)]
    [InlineData(13, 14, 15, 16)]
    [InlineData(-1, 0, 1, 2)]
    public void Channels_that_are_not_four_in_a_row_are_refused(int a, int b, int c, int d)
    {
        var wiring = QuadrotorRig.Wired() with { Rotors = new RotorsWiring(1, 0x40, a, b, c, d) };

        Assert.Contains("four neighbouring", Assert.Throws<ArgumentException>(() => new QuadrotorMount(wiring, TimeProvider.System)).Message, StringComparison.Ordinal);
    }

    private sealed class Frozen(II2cTarget chip) : II2cTarget
    {
        private byte[]? _last;

        public void Write(ReadOnlySpan<byte> bytes) => chip.Write(bytes);

        public void Read(Span<byte> bytes)
        {
            if (_last?.Length == bytes.Length)
            {
                _last.CopyTo(bytes);
                return;
            }
            chip.Read(bytes);
            if (bytes.Length == 14)
                _last = bytes.ToArray();
        }
    }
}
