using EdgeMas.Control.Motor;
using EdgeMas.Core.Agents;
using EdgeMas.Core.Missions;
using EdgeMas.Core.Models;
using EdgeMas.Core.Topics;
using EdgeMas.Core.Vision;
using EdgeMas.Grammar.Constraints;
using EdgeMas.Host.Configuration;
using EdgeMas.Reasoning.Coordination;
using EdgeMas.Reasoning.Criticism;
using EdgeMas.Reasoning.Planning;
using EdgeMas.Vision.Colours;
using EdgeMas.Vision.Looking;
using EdgeMas.Vision.OpenCv;
using EdgeMas.Vision.Pictures;
using EdgeMas.Vision.Tags;

namespace EdgeMas.Host.Robot;

/// <summary>Makes the robot's agents. What this machine cannot run is left out, with one line that says what to install.</summary>
internal sealed class Crew(RobotConfiguration configuration, RobotTopics topics, RobotYard yard, ILanguageModel model, PromptStyle style, IMissionStore store, DataFolders folders, Hearing hearing)
{
    /// <summary>One line for each agent that was left out.</summary>
    public List<string> LeftOut { get; } = [];

    public IReadOnlyList<AgentSpec> Specs()
    {
        var constraints = GrammarConstraints.For(model);
        constraints?.Prepare(); // the first order need not wait for it
        var judge = style == PromptStyle.Chat ? ModelOf("critic") : null; // the two planners were trained to write plans, not to judge them
        var planner = new Planner(ModelOf("planner"), constraints, style, new PlannerOptions { MaxSteps = configuration.Limits.PlanSteps });
        List<AgentSpec> specs =
        [
            Spec("planner", () => new PlannerAgent(planner, yard.TimeBrake)),
            Spec("critic", () => new CriticAgent(CriticOptions(), judge, constraints, yard.TimeBrake)),
            Spec("motor", () => yard.CreateMotor(MotorOptions())),
            Spec("coordinator", () => new CoordinatorAgent(store, CoordinatorOptions())),
        ];
        LeftOut.AddRange(hearing.LeftOut);
        if (hearing.Feed is not null)
            specs.Add(Spec("audio", () => hearing.CreateAgent()!));
        if (Wants("vision") && CanSee())
            specs.Add(Spec("vision", () => CreateVision(yard.CreateCamera()!)));
        return [.. specs.Where(spec => Wants(spec.Name))];
    }

    private ILanguageModel ModelOf(string agent) => configuration.Agents[agent].Use is { } use ? new AgentModel(model, use) : model;

    private bool Wants(string agent) => configuration.Agents[agent].Enabled;

    private AgentSpec Spec(string name, Func<Agent> create) => new(name, () => new OpenedAgent(create(), configuration.OpenTo))
    {
        Restart = configuration.Agents[name].Restart,
        MailboxCapacity = configuration.Agents[name].Mailbox,
    };

    private bool CanSee()
    {
        if (configuration.Quadrotor is not null || configuration.Arm is not null)
        {
            LeftOut.Add("vision is left out: this simulated body has no camera; write agents: { vision: { enabled: false } }");
            return false;
        }
        if (OpenCvRuntime.TryLoad(out var reason))
            return true;
        LeftOut.Add($"vision is left out: {reason}");
        return false;
    }

    private VisionAgent CreateVision(ICamera camera)
    {
        var sizes = configuration.World.Tags.GroupBy(tag => tag.Id).ToDictionary(tags => tags.Key, tags => tags.First().SizeM);
        List<IObjectDetector> detectors = [];
        if (configuration.Vision.Detectors.Contains("colors"))
            detectors.Add(new ColorBlobDetector());
        if (configuration.Vision.Detectors.Contains("apriltags"))
            detectors.Add(new AprilTagDetector(new AprilTagOptions { SizeById = sizes }));
        return new VisionAgent(camera, detectors, new JpegEncoder(), new VisionOptions { PicturesDirectory = folders.Pictures }, yard.TimeBrake);
    }

    private MotorOptions MotorOptions()
    {
        var dock = configuration.World.Dock;
        return new MotorOptions
        {
            Places = [.. configuration.World.Places.Select(place => new MotorPlace(place.Name, place.At.X, place.At.Y, place.HeadingDeg * Math.PI / 180))],
            Drive = configuration.World.Rover.Geometry,
            KnownObstacles = YardObstacles.Of(configuration.World),
            Dock = new MotorPlace(dock.Name, dock.At.X, dock.At.Y, dock.HeadingDeg * Math.PI / 180),
        };
    }

    private CriticOptions CriticOptions()
    {
        var world = configuration.World;
        var places = world.Places.Append(world.Dock).ToDictionary(place => place.Name, place => (place.At.X, place.At.Y), StringComparer.OrdinalIgnoreCase);
        return new CriticOptions
        {
            Topics = topics,
            Geofence = [.. world.Geofence.Select(corner => (corner.X, corner.Y))],
            Places = places,
            Home = (world.Dock.At.X, world.Dock.At.Y),
            MaxSteps = configuration.Limits.PlanSteps,
        };
    }

    private CoordinatorOptions CoordinatorOptions() => new()
    {
        Topics = topics,
        MaxOrderCharacters = configuration.Limits.OrderCharacters,
        MissionLimit = configuration.Limits.MissionTime,
        RepairRounds = configuration.Limits.RepairRounds,
        PlanRounds = configuration.Limits.RepairRounds,
        ReplansAfterFailure = style == PromptStyle.Chat,
    };
}
