using EdgeMas.Host.Configuration;
using EdgeMas.Simulation.Description;

namespace EdgeMas.Host.Hil;

/// <summary>A suite of a file: a robot's body on the board, steps that stimulate and expect, and the faults with which it must fail.</summary>
/// <param name="path">Of the file.</param>
/// <param name="robot">The robot's file where a host in a process of its own drives; null where the bench does.</param>
/// <param name="obstacle">Metres from the rover's middle to the middle of a post ahead; null for none.</param>
internal sealed class YamlSuite(string path, string name, string description, RobotConfiguration configuration, string? robot, double? obstacle, IReadOnlyList<YamlCase> cases, IReadOnlyList<HilFault> faults) : HilSuite
{
    private const double PostRadiusM = 0.15;

    private BenchRover? _rover;
    private FileRun? _run;

    public override string Name => name;

    public override string Source => path;

    public override string Description => description;

    public override IReadOnlyList<HilCase> Cases => [.. cases.Select(each => new HilCase(each.Name, bench => Run(each, bench)))];

    public override IReadOnlyList<HilFault> Faults => faults;

    private BenchRover Rover => _rover ?? throw new HilFailure("the rover was not set up");

    public override void SetUp(HilBench bench)
    {
        var world = configuration.World;
        if (obstacle is { } meters)
        {
            var (sin, cos) = Math.SinCos(world.Start.HeadingDeg * Math.PI / 180);
            world = world with { Obstacles = [.. world.Obstacles, new ObstacleDescription("post", new PointM(world.Start.At.X + (meters * cos), world.Start.At.Y + (meters * sin)), PostRadiusM, 1)] };
        }
        _rover = new BenchRover(bench, configuration, world);
    }

    public override void TearDown()
    {
        _run?.Driver.Dispose();
        _run = null;
        _rover?.Dispose();
        _rover = null;
    }

    private void Run(YamlCase test, HilBench bench)
    {
        if (_run is null)
        {
            _run = new FileRun(Rover, bench, robot is null ? new BenchDriver(Rover) : new HostDriver(Rover, bench, robot));
            _run.Driver.PowerOn();
        }
        foreach (var step in test.Steps)
        {
            try
            {
                step.Do(_run);
            }
            catch (HilFailure failure)
            {
                throw new HilFailure($"{Path.GetFileName(path)}:{step.Line}: {failure.Message}");
            }
        }
    }
}
