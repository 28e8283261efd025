using EdgeMas.Control.Arm;
using EdgeMas.Control.Loop;
using EdgeMas.Control.Stopping;
using EdgeMas.Core.Motion;

namespace EdgeMas.Control.Tests.Arm;

public sealed class ArmLoopTests
{
    private static readonly JointVector There = JointVector.Of(1.2, 0.6, -0.4, 0.3);

    [Fact]
    public void Joints_that_move_together_arrive_together_where_they_were_sent()
    {
        var rig = new ArmRig();
        rig.Run(0.1);

        var end = rig.Finish(ArmGoal.Move(There));

        Assert.Equal(MotionState.Done, end.State);
        for (var i = 0; i < 4; i++)
            Assert.Equal(There[i], rig.World.TrueAngles[i], 0.02);
    }

    [Fact]
    public void A_place_in_reach_is_reached_by_the_tools_truth()
    {
        var rig = new ArmRig();
        rig.Run(0.1);
        foreach (var place in new Vector3D[] { new(0.3, 0.1, 0.2), new(0.1, -0.3, 0.3), new(-0.1, 0.25, 0.15) })
        {
            Assert.InRange(rig.Loop.Kinematics.Reach(place, rig.Now.Body.Angles, 1e-3, out var angles), 0, 1e-3);
            Assert.Equal(MotionState.Done, rig.Finish(ArmGoal.Move(angles)).State);
            Assert.InRange((rig.Loop.Kinematics.ToolAt(rig.World.TrueAngles) - place).Length, 0, 0.012);
        }
    }

    [Fact]
    public void Goals_beyond_a_joints_range_or_through_the_table_are_refused()
    {
        var rig = new ArmRig();
        rig.Run(0.1);
        Assert.Equal((MotionState.Refused, MotionCause.Joint), Outcome(rig, ArmGoal.Move(JointVector.Of(3, 0.6, 0, 0))));
        Assert.Equal((MotionState.Refused, MotionCause.Joint), Outcome(rig, ArmGoal.Move(JointVector.Of(double.NaN, 0.6, 0, 0))));
        Assert.Equal((MotionState.Refused, MotionCause.Workspace), Outcome(rig, ArmGoal.Move(JointVector.Of(0, -0.2, -0.4, -0.5))));
        Assert.Equal((MotionState.Refused, MotionCause.Goal), Outcome(rig, ArmGoal.Move(There, 0)));
        Assert.True(rig.Body.IsHeld);
    }

    [Fact]
    public void When_its_owner_goes_silent_it_comes_to_rest_and_holds()
    {
        var rig = new ArmRig();
        rig.Run(0.1);
        rig.Submit(ArmGoal.Move(There, 0.2));
        rig.Run(0.5);
        rig.FeedsItself = false;
        rig.Run(1.5);
        Assert.Equal((MotionState.Blocked, MotionCause.Watchdog), (rig.Now.State, rig.Now.Cause));
        var at = rig.World.TrueAngles;
        rig.Run(1);

        for (var i = 0; i < 4; i++)
            Assert.Equal(at[i], rig.World.TrueAngles[i], 0.005);
        Assert.NotEqual(There[0], at[0], 0.1); // it was on its way
    }

    [Fact]
    public void An_emergency_stop_holds_at_once_and_releasing_does_not_bring_the_goal_back()
    {
        var rig = new ArmRig();
        rig.Run(0.1);
        rig.Submit(ArmGoal.Move(There));
        rig.Run(0.4);
        rig.Desk.EmergencyStop.Engage(EStopReason.Api);
        Assert.Equal((1, true), (rig.Body.Halts, rig.Body.IsHeld)); // before any tick
        rig.Step();
        Assert.Equal((2, true), (rig.Body.Halts, rig.Body.IsHeld));
        Assert.Equal(MotionState.EStopped, rig.Now.State);
        rig.Desk.EmergencyStop.Release();
        var moves = rig.Body.Moves;
        rig.Run(1);

        Assert.Equal(moves, rig.Body.Moves);
        Assert.Equal(MotionState.Done, rig.Finish(ArmGoal.Move(There)).State);
    }

    [Fact]
    public void What_only_holds_is_no_emergency_stop()
    {
        var rig = new ArmRig();
        rig.Run(0.1);
        rig.Submit(ArmGoal.Move(There));
        rig.Run(0.4);
        rig.World.Faults.BodySilent = true;
        rig.Run(0.5);

        Assert.Equal((MotionState.Faulted, MotionCause.Body), (rig.Now.State, rig.Now.Cause));
        Assert.Equal((0, true), (rig.Body.Halts, rig.Body.IsHeld));
    }

    [Fact]
    public void An_emergency_stop_reaches_a_body_that_gives_no_readings()
    {
        var rig = new ArmRig();
        rig.Run(0.1);
        rig.Submit(ArmGoal.Move(There));
        rig.Run(0.4);
        rig.World.Faults.BodySilent = true;
        rig.Step();
        rig.Desk.EmergencyStop.Engage(EStopReason.Api);
        rig.Step();

        Assert.Equal((2, true), (rig.Body.Halts, rig.Body.IsHeld));
    }

    [Fact]
    public void A_goal_that_comes_while_the_body_is_silent_ends_at_once_and_is_not_begun_later()
    {
        var rig = new ArmRig();
        rig.World.Faults.BodySilent = true;
        rig.Run(0.5);
        rig.Submit(ArmGoal.Move(There));
        rig.Step();
        Assert.Equal((MotionState.Faulted, MotionCause.Body), (rig.Now.State, rig.Now.Cause));

        rig.World.Faults.BodySilent = false;
        rig.Run(1);

        Assert.Equal(0, rig.Body.Moves);
        Assert.Equal(MotionState.Done, rig.Finish(ArmGoal.Move(There)).State);
    }

    [Fact]
    public void A_new_goal_takes_over_without_a_jerk_and_a_hold_brings_it_to_rest()
    {
        var rig = new ArmRig();
        rig.Run(0.1);
        rig.Submit(ArmGoal.Move(There));
        rig.Run(0.5);
        Assert.Equal(MotionState.Done, rig.Finish(ArmGoal.Move(JointVector.Of(-0.5, 1, -0.8, 0))).State);
        rig.Submit(ArmGoal.Move(There));
        rig.Run(0.5);
        Assert.Equal(MotionState.Done, rig.Finish(ArmGoal.Hold()).State);
    }

    [Fact]
    public void A_joint_that_does_not_follow_ends_the_goal_and_does_not_spring_forward_later()
    {
        var rig = new ArmRig();
        rig.Run(0.1);
        rig.World.Faults.StuckJoint = 0;
        var end = rig.Finish(ArmGoal.Move(There));
        Assert.Equal((MotionState.Blocked, MotionCause.Joint), (end.State, end.Cause));
        rig.World.Faults.StuckJoint = -1;
        var at = rig.World.TrueAngles[0];
        rig.Run(1);

        Assert.Equal(at, rig.World.TrueAngles[0], 0.01);
    }

    [Fact]
    public void A_tick_allocates_nothing()
    {
        var rig = new ArmRig();
        rig.Run(0.1);
        rig.Finish(ArmGoal.Move(There));
        rig.AllocatedByTicks = 0;

        rig.Finish(ArmGoal.Move(JointVector.Of(-1, 1, -0.8, 0)));
        rig.Finish(ArmGoal.Move(JointVector.Of(9, 1, -0.8, 0)));
        rig.Desk.EmergencyStop.Engage(EStopReason.Api);
        rig.Run(0.5);

        Assert.Equal(0, rig.AllocatedByTicks);
    }

    private static (MotionState State, MotionCause Cause) Outcome(ArmRig rig, in ArmGoal goal)
    {
        var end = rig.Finish(goal);
        return (end.State, end.Cause);
    }
}
