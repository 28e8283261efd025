using EdgeMas.Core.Bus;
using EdgeMas.Core.Events;
using EdgeMas.Core.Models;
using EdgeMas.Host.Configuration;
using EdgeMas.Host.Robot;
using EdgeMas.Host.Session;
using EdgeMas.Testing;

namespace EdgeMas.Host.Tests.Robot;

/// <summary>A shipped robot, usually the rover, in this process, whole: real planner, embedded broker, simulated yard.</summary>
internal sealed class HostedRobot : IAsyncDisposable, IDeliverySink
{
    private readonly DirectoryInfo _data = Directory.CreateTempSubdirectory("edgemas-host-");
    private volatile MotionReport? _motion;

    internal RobotHost Host { get; private set; } = null!;

    internal ILanguageModel Model { get; private set; } = null!;

    /// <summary>The base's last word.</summary>
    internal MotionReport? Motion => _motion;

    /// <param name="change">Of what the file says.</param>
    internal static async Task<HostedRobot> StartAsync(string clock, string file = "configs/rover-sim.yaml", Func<RobotConfiguration, RobotConfiguration>? change = null)
    {
        var robot = new HostedRobot();
        var configuration = ConfigurationReader.Read(ShippedFile(file)) with { Clock = clock, DataDirectory = robot._data.FullName };
        configuration = change?.Invoke(configuration) ?? configuration;
        robot.Host = await RobotHost.StartAsync(
            configuration, robot, async (logger, token) =>
            {
                var (model, style) = await ModelLoading.LoadAsync(configuration.Model, logger, token);
                robot.Model = model;
                return (model, style);
            },
            (_, _) => { }, microphone: null, Until.Deadline());
        return robot;
    }

    internal Task<OrderEnd> OrderAsync(string text) => Host.Orders.GiveAsync(text, "console", CancellationToken.None).WaitAsync(Until.Deadline());

    internal Task UntilDrivingAsync() => Until.TrueAsync(() => _motion is { Speed: > 0.3 });

    public bool TryAccept(in Delivery delivery)
    {
        if (delivery.Message.Data is MotionReport motion)
            _motion = motion;
        return true;
    }

    public async ValueTask DisposeAsync()
    {
        await Host.DisposeAsync();
        _data.Delete(recursive: true);
    }

    internal static string ShippedFile(string relativePath)
    {
        var directory = new DirectoryInfo(AppContext.BaseDirectory);
        while (!File.Exists(Path.Combine(directory!.FullName, "EdgeMas.sln")))
            directory = directory.Parent;
        return Path.Combine(directory.FullName, relativePath);
    }
}
