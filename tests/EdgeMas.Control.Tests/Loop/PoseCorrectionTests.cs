using EdgeMas.Control.Goals;
using EdgeMas.Control.Loop;
using EdgeMas.Core.Motion;

namespace EdgeMas.Control.Tests.Loop;

public sealed class PoseCorrectionTests
{
    [Fact]
    public void A_measured_pose_is_taken_over_by_its_weight()
    {
        var rig = new YardRig();
        rig.Run(0.1);

        rig.Desk.CorrectPose(new Pose2D(5, 9, 0.2), 0.5);
        rig.Run(0.1);

        var pose = rig.Desk.Snapshot.Pose;
        Assert.Equal(4.5, pose.X, 1e-6);
        Assert.Equal(8.5, pose.Y, 1e-6);
        Assert.Equal(0.1, pose.Heading, 1e-3);
    }

    [Fact]
    public void A_drive_is_finished_before_the_pose_is_corrected()
    {
        var rig = new YardRig();
        rig.Submit(MotionGoal.Drive(2));
        rig.Run(2);
        rig.Desk.CorrectPose(new Pose2D(10, 12, 0), 1);
        rig.Run(0.1);
        Assert.InRange(rig.Desk.Snapshot.Pose.X, 4, 6.1);
        rig.Run(6);

        Assert.Equal(MotionState.Done, rig.Desk.Snapshot.State);
        Assert.Equal(6, rig.World.TruePose.X, 0.05);
        Assert.Equal(10, rig.Desk.Snapshot.Pose.X, 1e-3);
    }

    [Fact]
    public void A_way_to_a_place_is_made_anew_from_a_corrected_pose()
    {
        var rig = new YardRig(options: options => options with { StartPose = new Pose2D(4.5, 8.3, 0.05) }); // it believes to stand elsewhere
        rig.Submit(MotionGoal.GoTo(9, 10));
        rig.Run(3);
        rig.Desk.CorrectPose(rig.World.TruePose, 1);
        rig.Run(15);

        Assert.Equal(MotionState.Done, rig.Desk.Snapshot.State);
        Assert.Equal(9, rig.World.TruePose.X, 0.1);
        Assert.Equal(10, rig.World.TruePose.Y, 0.1);
    }

    [Fact]
    public void A_correction_that_is_no_pose_is_refused() =>
        Assert.Throws<ArgumentException>(() => new YardRig().Desk.CorrectPose(new Pose2D(double.NaN, 0, 0), 0.5));
}
