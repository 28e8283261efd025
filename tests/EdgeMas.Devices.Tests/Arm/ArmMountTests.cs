using EdgeMas.Core.Motion;
using EdgeMas.Devices.Arm;
using EdgeMas.Simulation.Board;
using EdgeMas.Testing;

namespace EdgeMas.Devices.Tests.Arm;

public sealed class ArmMountTests
{
    [Fact]
    public async Task No_servo_gets_a_pulse_before_the_first_motion_and_then_all_stand_where_they_were_told_to()
    {
        using var rig = new ArmRig();
        Assert.Equal(JointVector.Of(0, 1.5), rig.Angles); // as the wiring says
        Assert.Equal((0, 0), (rig.Bus.Chip.Duty(0), rig.Bus.Chip.Duty(5)));

        await rig.MoveAsync(Math.PI / 4, 0.5, 1.75, 1.95);

        await Until.TrueAsync(() => rig.Angles == JointVector.Of(Math.PI / 4, 0.5));
        Assert.Empty(rig.Mount.Troubles);
    }

    [Fact]
    public async Task The_emergency_stop_ends_all_pulses_before_it_returns_and_only_a_new_setpoint_brings_them_back()
    {
        using var rig = new ArmRig();
        await rig.MoveAsync(0, 1, 1.5, 1.5);

        rig.Mount.Halt();
        Assert.Equal((0, 0), (rig.Bus.Chip.Duty(0), rig.Bus.Chip.Duty(5)));
        await Task.Delay(100, TestContext.Current.CancellationToken);
        Assert.Equal((0, 0), (rig.Bus.Chip.Duty(0), rig.Bus.Chip.Duty(5)));

        await rig.MoveAsync(0, 1, 1.5, 1.5);
    }

    [Fact]
    public async Task An_arm_that_must_not_sink_keeps_its_pulses_at_an_emergency_stop()
    {
        using var rig = new ArmRig(ArmStop.Hold);
        await rig.MoveAsync(0, 1, 1.5, 1.5);

        rig.Mount.Halt();
        await Task.Delay(100, TestContext.Current.CancellationToken);

        Assert.Equal(1.5, rig.Pulse(0), 0.005);
    }

    [Fact]
    public async Task Holding_keeps_the_pulses_and_drops_what_was_not_given_yet()
    {
        using var rig = new ArmRig();
        await rig.MoveAsync(0, 1, 1.5, 1.5);

        rig.Mount.Hold();
        await Task.Delay(100, TestContext.Current.CancellationToken);

        Assert.Equal(1.5, rig.Pulse(0), 0.005);
        Assert.Equal(1.5, rig.Pulse(5), 0.005);
    }

    [Fact]
    public async Task A_setpoint_that_is_no_number_is_refused_and_moves_nothing()
    {
        using var rig = new ArmRig();
        await rig.MoveAsync(0, 1, 1.5, 1.5);

        Assert.False(rig.Port.TryMove(JointVector.Of(double.NaN, 1)));
        Assert.False(rig.Port.TryMove(JointVector.Of(0, double.PositiveInfinity)));

        Assert.Equal(1.5, rig.Pulse(0), 0.005);
    }

    [Fact]
    public async Task A_chip_that_is_missing_at_the_start_is_a_trouble_and_is_found_when_it_is_there()
    {
        using var rig = new ArmRig(isThere: false);
        Assert.Contains("no chip answers", Assert.Single(rig.Mount.Troubles), StringComparison.Ordinal);
        Assert.False(rig.Port.TryRead(out _));
        Assert.False(rig.Port.TryMove(JointVector.Of(0, 1)));

        rig.Bus.IsSilent = false;
        await Until.TrueAsync(() => rig.Mount.Troubles.Count == 0);

        Assert.Equal(0, rig.Bus.Chip.Duty(0));
        await rig.MoveAsync(0, 1, 1.5, 1.5);
    }

    [Fact]
    public async Task One_transfer_that_fails_is_forgiven()
    {
        using var rig = new ArmRig();
        await rig.MoveAsync(0, 1, 1.5, 1.5);
        rig.Bus.Fails = 1;

        await Until.TrueAsync(() => rig.Bus.Fails <= 0);
        await rig.MoveAsync(Math.PI / 4, 1, 1.75, 1.5);

        Assert.Empty(rig.Mount.Troubles);
    }

    [Fact]
    public async Task A_bus_that_fails_leaves_the_arm_holding_and_what_was_asked_before_is_not_done_after()
    {
        using var rig = new ArmRig();
        await rig.MoveAsync(0, 1, 1.5, 1.5);
        rig.Bus.IsSilent = true;
        await Until.TrueAsync(() => rig.Mount.Troubles.Count == 1);
        Assert.False(rig.Port.TryRead(out _));
        Assert.False(rig.Port.TryMove(JointVector.Of(Math.PI / 4, 1)));
        Assert.Equal(1.5, rig.Pulse(0), 0.005); // by the chip itself

        rig.Bus.IsSilent = false;
        await Until.TrueAsync(() => rig.Port.TryRead(out _));

        Assert.Empty(rig.Mount.Troubles);
        Assert.Equal(1.5, rig.Pulse(0), 0.005);
        Assert.Equal(JointVector.Of(0, 1), rig.Angles);
        await rig.MoveAsync(Math.PI / 4, 1, 1.75, 1.5);
    }

    [Fact]
    public async Task A_stop_while_the_bus_fails_ends_the_pulses_as_soon_as_it_answers()
    {
        using var rig = new ArmRig();
        await rig.MoveAsync(0, 1, 1.5, 1.5);
        rig.Bus.IsSilent = true;
        rig.Mount.Halt();
        Assert.Single(rig.Mount.Troubles);

        rig.Bus.IsSilent = false;

        await Until.TrueAsync(() => rig.Bus.Chip.Duty(0) == 0 && rig.Bus.Chip.Duty(5) == 0);
    }

    [Fact]
    public async Task A_chip_whose_supply_failed_is_told_and_gets_no_pulses_until_somebody_asks_for_a_motion()
    {
        using var rig = new ArmRig();
        await rig.MoveAsync(0, 1, 1.5, 1.5);
        var told = new List<string>();

        rig.Bus.Chip = new SimulatedPca9685(); // as it powers up
        await Until.TrueAsync(() => rig.Mount.Troubles.Count == 1);
        told.AddRange(rig.Mount.Troubles);
        await Until.TrueAsync(() => rig.Mount.Troubles.Count == 0);

        Assert.Contains("its supply failed", told[0], StringComparison.Ordinal);
        Assert.Equal(0, rig.Bus.Chip.Duty(0));
        await rig.MoveAsync(Math.PI / 4, 1, 1.75, 1.5);
    }

    [Fact]
    public async Task The_next_program_takes_over_the_pulses_that_one_left_that_died()
    {
        using var rig = new ArmRig();
        await rig.MoveAsync(Math.PI / 4, 0.5, 1.75, 1.95);

        rig.Restart(before: () => Assert.Equal(1.75, rig.Pulse(0), 0.005));

        Assert.Equal(1.75, rig.Pulse(0), 0.005);
        Assert.Equal(Math.PI / 4, rig.Angles[0], 0.01);
        Assert.Equal(0.5, rig.Angles[1], 0.01);
    }

    [Fact]
    public async Task Pulses_that_a_servo_may_not_have_are_ended_not_taken_over()
    {
        using var rig = new ArmRig();
        await rig.MoveAsync(0, 1, 1.5, 1.5);

        rig.Restart(before: () => rig.Bus.Chip.Write([0x06, 0, 0, 0x80, 0x02])); // 3.1 ms on channel 0

        Assert.Equal((0, 0), (rig.Bus.Chip.Duty(0), rig.Bus.Chip.Duty(5)));
        Assert.Equal(JointVector.Of(0, 1.5), rig.Angles);
    }

    [Fact]
    public async Task The_end_of_the_program_is_an_emergency_stop()
    {
        var rig = new ArmRig();
        await rig.MoveAsync(0, 1, 1.5, 1.5);

        rig.Dispose();
        rig.Dispose();

        Assert.Equal((0, 0), (rig.Bus.Chip.Duty(0), rig.Bus.Chip.Duty(5)));
    }

    [Fact]
    public async Task Setpoints_reading_and_the_stop_allocate_nothing()
    {
        using var rig = new ArmRig();
        await rig.MoveAsync(0, 1, 1.5, 1.5);
        rig.Mount.Halt();
        await rig.MoveAsync(0, 1, 1.5, 1.5);
        var before = GC.GetAllocatedBytesForCurrentThread();

        for (var i = 0; i < 100; i++)
        {
            rig.Port.TryMove(JointVector.Of(0.001 * i, 1));
            rig.Port.TryRead(out _);
            rig.Mount.Hold();
        }
        rig.Mount.Halt();

        Assert.Equal(0, GC.GetAllocatedBytesForCurrentThread() - before);
    }

    [Fact]
    public async Task A_stop_during_a_transfer_waits_for_it_and_allocates_nothing_either()
    {
        using var rig = new ArmRig();
        await rig.MoveAsync(0, 1, 1.5, 1.5);
        rig.Bus.TransferTime = TimeSpan.FromMilliseconds(1);
        Assert.True(rig.Port.TryMove(JointVector.Of(0.5, 1)));
        await Until.TrueAsync(() => rig.Bus.IsTransferring);
        var before = GC.GetAllocatedBytesForCurrentThread();

        rig.Mount.Halt();

        Assert.Equal(0, GC.GetAllocatedBytesForCurrentThread() - before);
        rig.Bus.TransferTime = TimeSpan.Zero;
        await Until.TrueAsync(() => (rig.Bus.Chip.Duty(0), rig.Bus.Chip.Duty(5)) == (0, 0));
    }

    [Fact]
    public void A_wiring_that_cannot_be_is_refused()
    {
        using var rig = new ArmRig();
        var (one, two) = (rig.Wiring.Joints[0], rig.Wiring.Joints[1]);
        ArmWiring[] wrong =
        [
            rig.Wiring with { Joints = [one] },
            rig.Wiring with { Joints = [one, two with { Channel = 0 }] },
            rig.Wiring with { Joints = [one, two with { Channel = 16 }] },
            rig.Wiring with { Joints = [one, two with { MostAngle = 0 }] },
            rig.Wiring with { Joints = [one, two with { StartAngle = 2.1 }] },
            rig.Wiring with { Joints = [one, two with { ShortestPulse = TimeSpan.FromMilliseconds(2.4) }] },
            rig.Wiring with { FrequencyHertz = 500 },
        ];

        Assert.All(wrong, wiring => Assert.Throws<ArgumentException>(() => new ArmMount(wiring, TimeProvider.System)));
    }
}
