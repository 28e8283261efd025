using EdgeMas.Control.Envelope;
using EdgeMas.Control.Goals;
using EdgeMas.Control.Loop;

namespace EdgeMas.Control.Tests.Envelope;

public sealed class MotorGuardTests
{
    private const double Seconds = 0.01;

    private static readonly EnvelopeOptions Limits = new() { MaxMotorCurrent = 10, MaxMotorTemperature = 80, MotorPatience = TimeSpan.FromSeconds(0.3) };

    [Fact]
    public void A_short_peak_of_current_slows_and_a_long_one_stops()
    {
        var guard = new MotorGuard(Limits);
        Assert.Equal(MotionCause.None, guard.Observe(20, 20, Seconds));
        Assert.Equal((0.5, MotionCause.Current), (guard.Share, guard.Cause));

        for (var i = 0; i < 28; i++)
            Assert.Equal(MotionCause.None, guard.Observe(20, 20, Seconds));
        guard.Observe(20, 20, Seconds);
        Assert.Equal(MotionCause.Current, guard.Observe(20, 20, Seconds));
        Assert.Equal(0, guard.Share);
    }

    [Fact]
    public void A_motor_that_gets_hot_is_slowed_before_it_is_stopped_and_has_to_cool_down()
    {
        var guard = new MotorGuard(Limits);
        Assert.Equal(MotionCause.None, guard.Observe(1, 75, Seconds));
        Assert.Equal(0.5, guard.Share, 1e-9);
        Assert.Equal(MotionCause.Temperature, guard.Observe(1, 80, Seconds));
        Assert.Equal(MotionCause.Temperature, guard.Observe(1, 76, Seconds));
        Assert.Equal(MotionCause.None, guard.Observe(1, 74, Seconds));
    }

    [Fact]
    public void A_limit_whose_reading_is_missing_stops_and_one_that_is_not_set_does_not()
    {
        var guard = new MotorGuard(Limits);
        for (var i = 0; i < 32; i++)
            guard.Observe(double.NaN, 20, Seconds);
        Assert.Equal(MotionCause.Current, guard.Cause);

        var free = new MotorGuard(new EnvelopeOptions());
        for (var i = 0; i < 100; i++)
            Assert.Equal(MotionCause.None, free.Observe(double.NaN, double.NaN, Seconds));
    }

    [Fact]
    public void A_drive_with_a_motor_that_draws_too_much_ends_and_says_why()
    {
        var rig = new YardRig(limits: limits => limits with { MaxMotorCurrent = 10 });
        rig.Body.MotorCurrent = 4;
        rig.Submit(MotionGoal.Drive(10));
        rig.Run(3.5);
        Assert.Equal(MotionState.Running, rig.Desk.Snapshot.State);

        rig.Body.MotorCurrent = 25;
        rig.Run(2);

        Assert.Equal((MotionState.Blocked, MotionCause.Current), (rig.Desk.Snapshot.State, rig.Desk.Snapshot.Cause));
        Assert.Equal(0, rig.World.State.Speed, 1e-3);
        Assert.True(rig.Desk.Snapshot.Clamped > 0);
    }
}
