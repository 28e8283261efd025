using EdgeMas.Control.Estimation;
using EdgeMas.Control.Odometry;
using EdgeMas.Core.Motion;
using EdgeMas.Simulation.Clock;
using EdgeMas.Simulation.Description;
using EdgeMas.Simulation.Rover;
using EdgeMas.Simulation.World;

namespace EdgeMas.Control.Tests.Estimation;

public sealed class PlanarFilterTests
{
    private static readonly DifferentialDriveGeometry Geometry = new(0.08, 0.36);

    /// <summary>
    /// Runs whose noise is what the filter believes: the pose's normalized estimation error squared has a mean of 3, its number of unknowns. 300 runs make 900 degrees of
    /// freedom, of whose chi-squared distribution 99.9 % lies within 765 to 1045.
    /// </summary>
    [Fact]
    public void Where_its_model_is_true_the_error_is_as_large_as_the_filter_says()
    {
        var options = new EstimatorOptions();
        var random = new Random(7);
        var sum = 0.0;
        const int runs = 300;
        for (var run = 0; run < runs; run++)
        {
            var bias = options.GyroBias * Normal(random);
            var filter = new PlanarFilter(options, new Pose2D(1e-4 * Normal(random), 1e-4 * Normal(random), 1e-4 * Normal(random)));
            var (x, y, heading) = (0.0, 0.0, 0.0);
            for (var i = 0; i < 1500; i++)
            {
                var (speed, turn) = i < 100 ? (0.0, 0.0) : (0.6, 0.5 * Math.Sin(i / 120.0));
                const double seconds = 0.01;
                var (sin, cos) = Math.SinCos(heading + (turn * seconds / 2));
                (x, y, heading) = (x + (speed * seconds * cos), y + (speed * seconds * sin), heading + (turn * seconds));
                bias += options.GyroBiasWander * Math.Sqrt(seconds) * Normal(random);
                var (left, right) = ((speed - (turn * Geometry.TrackWidth / 2)) * seconds, (speed + (turn * Geometry.TrackWidth / 2)) * seconds);
                filter.Begin(seconds);
                filter.TakeWheels(left + Slip(left), right + Slip(right), Geometry, seconds);
                filter.TakeGyro(turn + bias + (options.GyroNoise * Normal(random)));
                filter.Move(seconds);
            }
            sum += ErrorSquared(filter.Covariance, filter.PositionX - x, filter.PositionY - y, filter.Heading - heading);

            double Slip(double way) => Normal(random) * Math.Sqrt(
                (options.WheelSlip * options.WheelSlip * Math.Abs(way)) + (options.EncoderStep * options.EncoderStep * Geometry.WheelRadius * Geometry.WheelRadius / 6));
        }
        TestContext.Current.SendDiagnosticMessage($"mean of the normalized error squared: {sum / runs:0.00}");
        Assert.InRange(sum, 765, 1045);
    }

    /// <summary>The yard's slip wanders slowly, its encoders round down, its gyroscope is biased: all of that the filter only knows by its size.</summary>
    [Fact]
    public void In_the_yard_the_filter_neither_boasts_nor_despairs()
    {
        var (sum, worst) = (0.0, 0.0);
        const int runs = 60;
        for (var seed = 1; seed <= runs; seed++)
        {
            var (odometry, world) = DriveAbout(seed);
            var truth = world.TruePose;
            var squared = ErrorSquared(odometry.Covariance, odometry.X - truth.X, odometry.Y - truth.Y, Angles.Wrap(odometry.Heading - truth.Heading));
            (sum, worst) = (sum + squared, Math.Max(worst, squared));
            Assert.InRange(odometry.GyroBias - TrueBias(world), -0.002, 0.002);
        }
        TestContext.Current.SendDiagnosticMessage($"mean of the normalized error squared: {sum / runs:0.00}, worst {worst:0.0}");
        Assert.InRange(sum / runs, 0.5, 4.5);
        Assert.InRange(worst, 0, 25);
    }

    [Fact]
    public void The_covariance_stays_symmetric_and_positive_for_hours_of_driving_standing_and_corrections()
    {
        var filter = new PlanarFilter(new EstimatorOptions(), default);
        var random = new Random(3);
        for (var i = 0; i < 1_000_000; i++)
        {
            var seconds = random.Next(50) == 0 ? 0.5 : 0.001 + (0.02 * random.NextDouble());
            var stands = i / 2000 % 3 == 0;
            filter.Begin(seconds);
            var speed = stands ? 0 : (2 * random.NextDouble()) - 0.5;
            filter.TakeWheels(speed * seconds, (speed + random.NextDouble() - 0.5) * seconds, Geometry, seconds);
            if (stands)
                filter.TakeStanding();
            if (random.Next(4) != 0)
                filter.TakeGyro(random.NextDouble());
            filter.Move(seconds);
            if (random.Next(500) == 0)
                filter.TakePose(new Pose2D(random.NextDouble() * 20, random.NextDouble() * 20, random.NextDouble() * 6), random.Next(3) == 0 ? 1 : random.NextDouble());
            if (i % 100 == 0)
                AssertPositive(filter.Covariance);
        }
        Assert.True(double.IsFinite(filter.PositionX + filter.PositionY + filter.Heading + filter.GyroBias));
    }

    [Fact]
    public void Without_a_gyroscope_the_wheels_alone_make_the_pose_and_its_uncertainty_grows()
    {
        var odometry = new WheelOdometry(Geometry, new EstimatorOptions(), default);
        odometry.Update(new DriveSensors(0, 0, 0, double.NaN, double.NaN, 1), 0.01, atRest: false);
        for (var i = 1; i <= 1000; i++)
            odometry.Update(new DriveSensors(0, i * 0.125, i * 0.125, double.NaN, double.NaN, 1), 0.01, atRest: false);

        Assert.Equal(10, odometry.X, 0.02);
        Assert.Equal(0, odometry.Heading, 1e-9);
        Assert.InRange(Math.Sqrt(odometry.Covariance[7]), 0.1, 1); // aside, after ten metres by wheels alone
    }

    /// <summary>A board under load reads its encoders late, again and again.</summary>
    [Fact]
    public void However_uneven_the_intervals_a_way_is_as_long_as_the_wheels_rolled()
    {
        var odometry = new WheelOdometry(Geometry, new EstimatorOptions(), default);
        var random = new Random(5);
        odometry.Update(new DriveSensors(0, 0, 0, 0, double.NaN, 1), 0.01, atRest: false);
        var angle = 0.0;
        for (var i = 1; angle < 125; i++)
        {
            var counted = random.Next(10) == 0 ? 0.09 : 0.01 * random.NextDouble();
            angle += random.Next(3) * 0.125; // by bursts: what the clock says of an interval is not what the encoder counted in it
            odometry.Update(new DriveSensors(i, angle, angle, 0, double.NaN, 1), 0.0005 + counted, atRest: false);
        }
        for (var i = 0; i < 100; i++)
            odometry.Update(new DriveSensors(i, angle, angle, 0, double.NaN, 1), 0.01, atRest: true);

        Assert.Equal(angle * Geometry.WheelRadius, odometry.X, 1e-3);
        Assert.Equal(0, odometry.Y, 1e-6);
    }

    [Fact]
    public void An_update_allocates_nothing()
    {
        var odometry = new WheelOdometry(Geometry, new EstimatorOptions(), default);
        for (var i = 0; i < 200; i++)
            Update(odometry, i);
        var before = GC.GetAllocatedBytesForCurrentThread();

        for (var i = 200; i < 2_000; i++)
            Update(odometry, i);

        Assert.Equal(0, GC.GetAllocatedBytesForCurrentThread() - before);

        static void Update(WheelOdometry odometry, int i) => odometry.Update(new DriveSensors(i, i * 0.1, i * 0.11, 0.02, 1, 1), 0.01, i % 100 < 30);
    }

    private static (WheelOdometry Odometry, YardWorld World) DriveAbout(int seed)
    {
        var yard = WorldDescription.Yard(seed) with { Boxes = [], Obstacles = [], Balls = [], Walls = [] };
        var clock = new VirtualClock();
        var world = new YardWorld(yard);
        var rover = new SimulatedRover(world, clock);
        var odometry = new WheelOdometry(Geometry, new EstimatorOptions(), world.TruePose);
        var period = TimeSpan.FromMilliseconds(10);
        for (var i = 0; i < 3000; i++)
        {
            world.Step(period);
            Assert.True(rover.TryRead(out var sensors));
            var rests = i < 150 || i % 1000 > 900;
            odometry.Update(sensors, period.TotalSeconds, rests);
            var turn = rests ? 0 : Math.Sin(i / 150.0) * 0.4;
            var speed = rests ? 0 : 0.6;
            rover.TryDrive((speed - (turn * Geometry.TrackWidth / 2)) / Geometry.WheelRadius, (speed + (turn * Geometry.TrackWidth / 2)) / Geometry.WheelRadius);
            clock.Advance(period);
        }
        Assert.Equal(0, world.State.Collisions);
        return (odometry, world);
    }

    private static double TrueBias(YardWorld world)
    {
        var rover = new SimulatedRover(new YardWorld(world.Description), new VirtualClock());
        Assert.True(rover.TryRead(out var first)); // before the first step there is no noise yet
        return first.YawRate;
    }

    private static double ErrorSquared(ReadOnlySpan<double> covariance, double x, double y, double heading)
    {
        Span<double> factor = stackalloc double[9];
        Assert.True(TryFactor(covariance, 3, factor));
        Span<double> error = [x, y, heading];
        var sum = 0.0;
        for (var i = 0; i < 3; i++)
        {
            for (var j = 0; j < i; j++)
                error[i] -= factor[(i * 3) + j] * error[j];
            error[i] /= factor[(i * 3) + i];
            sum += error[i] * error[i];
        }
        return sum;
    }

    private static void AssertPositive(ReadOnlySpan<double> covariance)
    {
        for (var i = 0; i < PlanarFilter.Size; i++)
        {
            for (var j = 0; j < i; j++)
                Assert.Equal(covariance[(i * PlanarFilter.Size) + j], covariance[(j * PlanarFilter.Size) + i]);
        }
        Assert.True(TryFactor(covariance, PlanarFilter.Size, stackalloc double[PlanarFilter.Size * PlanarFilter.Size]));
    }

    /// <summary>Cholesky's factor of the upper left part; there is none where the matrix is not positive.</summary>
    private static bool TryFactor(ReadOnlySpan<double> covariance, int size, Span<double> factor)
    {
        for (var i = 0; i < size; i++)
        {
            for (var j = 0; j <= i; j++)
            {
                var sum = covariance[(i * PlanarFilter.Size) + j];
                for (var k = 0; k < j; k++)
                    sum -= factor[(i * size) + k] * factor[(j * size) + k];
                if (i == j && !(sum > 0))
                    return false;
                factor[(i * size) + j] = i == j ? Math.Sqrt(sum) : sum / factor[(j * size) + j];
            }
        }
        return true;
    }

    /// <summary>Source: G. Box and M. Muller, 1958.</summary>
    private static double Normal(Random random) => Math.Sqrt(-2 * Math.Log(1 - random.NextDouble())) * Math.Cos(2 * Math.PI * random.NextDouble());
}
