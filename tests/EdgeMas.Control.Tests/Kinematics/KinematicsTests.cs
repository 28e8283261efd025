using CsCheck;
using EdgeMas.Control.Kinematics;
using EdgeMas.Core.Motion;

namespace EdgeMas.Control.Tests.Kinematics;

public sealed class KinematicsTests
{
    private static readonly MecanumKinematics Mecanum = new(0.05, 0.3, 0.4, 20);
    private static readonly AckermannKinematics Car = new(0.5, 0.3, 0.6, 2);

    private static readonly Gen<PlanarTwist> SomeTwist = Gen.Select(Gen.Double[-3, 3], Gen.Double[-3, 3], Gen.Double[-6, 6], (ahead, left, turn) => new PlanarTwist(ahead, left, turn));

    [Fact]
    public void Mecanum_wheels_make_the_motion_that_they_were_made_for_only_slower_where_one_would_be_too_fast() =>
        SomeTwist.Sample(twist =>
        {
            var wheels = Mecanum.WheelsFor(twist);
            var made = Mecanum.TwistOf(wheels);

            Assert.InRange(wheels.Fastest, 0, 20 + 1e-9);
            var share = Math.Abs(twist.Ahead) > 1e-6 ? made.Ahead / twist.Ahead : 1;
            Assert.InRange(share, 0, 1 + 1e-9);
            if (Math.Abs(twist.Ahead) > 1e-6)
                Assert.Equal((twist.Left * share, twist.Turn * share), (made.Left, made.Turn), Near);
            if (wheels.Fastest < 20 - 1e-9)
                Assert.Equal(1, share, 1e-6);
        });

    [Fact]
    public void Mecanum_goes_left_with_its_wheels_crosswise_and_turns_with_them_side_against_side()
    {
        var left = Mecanum.WheelsFor(new PlanarTwist(0, 0.5, 0));
        Assert.Equal(new WheelSet(-10, 10, 10, -10), left);
        var turn = Mecanum.WheelsFor(new PlanarTwist(0, 0, 1));
        Assert.Equal((-7, 7, -7, 7), (Math.Round(turn.FrontLeft, 9), Math.Round(turn.FrontRight, 9), Math.Round(turn.BackLeft, 9), Math.Round(turn.BackRight, 9)));
    }

    [Fact]
    public void An_ackermann_drive_makes_the_motion_that_it_was_made_for_within_its_steering() =>
        Gen.Select(Gen.Double[-2, 2], Gen.Double[-1, 1]).Sample((speed, share) =>
        {
            var turn = speed / Car.MinimumRadius * share;
            var drive = Car.DriveFor(new PlanarTwist(speed, 0, turn));
            var made = Car.TwistOf(drive);

            Assert.Equal(speed, made.Ahead, 1e-9);
            Assert.Equal(turn, made.Turn, 1e-9);
        });

    [Fact]
    public void No_motion_gets_a_drive_beyond_the_limits_or_a_wheel_steeper_than_it_can_stand() =>
        SomeTwist.Sample(twist =>
        {
            var drive = Car.DriveFor(twist);
            var (left, right) = Car.WheelAngles(drive.Steering);

            Assert.InRange(drive.Speed, -2, 2);
            Assert.InRange(Math.Abs(left), 0, 0.6 + 1e-9);
            Assert.InRange(Math.Abs(right), 0, 0.6 + 1e-9);
            var made = Car.TwistOf(drive);
            Assert.True(made.Turn == 0 || Math.Abs(made.Ahead / made.Turn) >= Car.MinimumRadius - 1e-9);
            Assert.True(twist.Ahead * drive.Speed >= 0);
        });

    [Fact]
    public void All_wheels_of_an_ackermann_base_roll_about_one_point()
    {
        var (left, right) = Car.WheelAngles(0.4);
        var radius = 0.5 / Math.Tan(0.4);
        Assert.Equal(radius, (0.5 / Math.Tan(left)) + 0.15, 1e-9);
        Assert.Equal(radius, (0.5 / Math.Tan(right)) - 0.15, 1e-9);
    }

    [Fact]
    public void What_is_no_number_or_cannot_be_done_stands()
    {
        Assert.Equal(default, Mecanum.WheelsFor(new PlanarTwist(double.NaN, 0, 0)));
        Assert.Equal(default, Mecanum.WheelsFor(new PlanarTwist(double.MaxValue, double.MaxValue, 0)));
        Assert.Equal(default, Car.DriveFor(new PlanarTwist(0, 0, 1)));
        Assert.Equal(default, Car.DriveFor(new PlanarTwist(1, 0, double.PositiveInfinity)));
        Assert.Throws<ControlOptionsException>(() => new AckermannKinematics(0.5, 0.3, 2, 1));
        Assert.Throws<ControlOptionsException>(() => new MecanumKinematics(0, 0.3, 2, 1));
    }

    private static bool Near((double, double) a, (double, double) b) => Math.Abs(a.Item1 - b.Item1) < 1e-6 && Math.Abs(a.Item2 - b.Item2) < 1e-6;
}
