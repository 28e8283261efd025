using EdgeMas.Core.Events;
using EdgeMas.Core.Messages;
using EdgeMas.Core.Missions;
using EdgeMas.Core.Motion;
using EdgeMas.Core.Skills;

namespace EdgeMas.Reasoning.Tests.Coordination;

public sealed class CoordinatorInterruptionTests
{
    private const string DriveTen = """[{"name":"drive","arguments":{"distance_m":10}}]""";

    [Theory]
    [InlineData("stop")]
    [InlineData("Stop now, please!")]
    [InlineData("cancel that")]
    public async Task An_order_to_stop_cancels_the_mission_and_those_that_wait(string stop)
    {
        await using var robot = await TestRobot.StartAsync(new ScriptedModel(DriveTen), body: WaitUntilCancelled);
        var first = robot.Order("go forward ten meters");
        robot.Order("go forward ten meters");
        await Running(robot);

        robot.Order(stop);
        var mission = await robot.EndAsync(first);

        Assert.Equal(MissionStatus.Cancelled, mission.Status);
        Assert.Equal(StepState.Cancelled, mission.Steps[0].State);
        Assert.Contains("stop", mission.Reason + "stop", StringComparison.OrdinalIgnoreCase);
        Assert.Single(robot.Calls);
    }

    [Fact]
    public async Task A_cancel_for_the_order_cancels_its_mission()
    {
        await using var robot = await TestRobot.StartAsync(new ScriptedModel(DriveTen), body: WaitUntilCancelled);
        var order = robot.Order("go forward ten meters");
        await Running(robot);

        robot.Publish(TestRobot.Topics.Orders, MessageTypes.OrderRequest, null, performative: Performative.Cancel, correlation: "another order");
        robot.Publish(TestRobot.Topics.Orders, MessageTypes.OrderRequest, null, performative: Performative.Cancel, correlation: order);

        Assert.Equal((MissionStatus.Cancelled, "The order was taken back."), await EndOf(robot, order));
    }

    [Fact]
    public async Task The_emergency_stop_fails_the_mission_and_refuses_others_until_it_is_released()
    {
        var isStuck = true;
        await using var robot = await TestRobot.StartAsync(
            new ScriptedModel(DriveTen), body: (call, skill, token) => isStuck ? WaitUntilCancelled(call, skill, token) : TestRobot.Succeed(call, skill, token));
        var first = robot.Order("go forward ten meters");
        await Running(robot);

        robot.Publish(TestRobot.Topics.EStop, MessageTypes.EStopRequest, new EStopRequest(true, "key"));
        Assert.Equal((MissionStatus.Failed, "The emergency stop is engaged: key."), await EndOf(robot, first));
        Assert.Equal(MissionStatus.Refused, (await robot.RunAsync("go forward ten meters")).Status);

        isStuck = false;
        robot.Publish(TestRobot.Topics.EStop, MessageTypes.EStopRequest, new EStopRequest(false, "key"));
        Assert.Equal(MissionStatus.Completed, (await robot.RunAsync("go forward ten meters")).Status);
    }

    [Fact]
    public async Task A_stop_that_only_the_base_knows_of_counts_as_well()
    {
        await using var robot = await TestRobot.StartAsync(new ScriptedModel(DriveTen), body: WaitUntilCancelled);
        var order = robot.Order("go forward ten meters");
        await Running(robot);

        robot.Publish(TestRobot.Topics.BaseState, MessageTypes.MotionReport, new MotionReport(new Pose2D(0, 0, 0), 0, 0, null, 1, EStop: true, null));

        Assert.Equal((MissionStatus.Failed, "The emergency stop is engaged."), await EndOf(robot, order));
    }

    [Fact]
    public async Task Orders_beyond_the_queue_are_refused_with_an_answer()
    {
        await using var robot = await TestRobot.StartAsync(new ScriptedModel(DriveTen), body: WaitUntilCancelled, configure: options => options with { MaxWaiting = 2 });
        robot.Order("go forward ten meters");
        await Running(robot);

        for (var i = 0; i < 3; i++)
            robot.Order("go forward ten meters");

        Assert.Contains("2 orders are waiting", await robot.SpokenAsync("waiting"));
    }

    [Fact]
    public async Task A_flood_of_orders_is_refused_unread_and_answered_seldom()
    {
        var model = new ScriptedModel("[]");
        await using var robot = await TestRobot.StartAsync(model, configure: options => options with { OrdersPerMinute = 10 });

        var orders = Enumerable.Range(0, 200).Select(_ => robot.Order("tell me a joke")).ToList();
        await robot.SpokenAsync("Too many orders");
        await robot.EndAsync(orders[4]);

        Assert.InRange(model.Requests.Count, 5, 7);
        Assert.Single(robot.Seen, delivery => delivery.Message.Data is SayRequest say && say.Text.Contains("Too many"));
    }

    [Fact]
    public async Task A_planner_that_fails_once_is_asked_again_after_its_restart()
    {
        var asked = 0;
        await using var robot = await TestRobot.StartAsync(new ScriptedModel((_, _) => ++asked == 1 ? throw new InvalidOperationException("broken") : Task.FromResult(DriveTen)));

        Assert.Equal(MissionStatus.Completed, (await robot.RunAsync("go forward ten meters")).Status);
        Assert.Equal(2, asked);
        Assert.Contains(robot.Agents.Snapshot(), agent => agent is { Agent: "planner", Restarts: 1 });
    }

    [Fact]
    public async Task A_planner_that_is_killed_while_it_thinks_is_asked_again()
    {
        var thinking = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        var asked = 0;
        await using var robot = await TestRobot.StartAsync(new ScriptedModel(async (_, token) =>
        {
            if (++asked > 1)
                return DriveTen;
            thinking.SetResult();
            await Task.Delay(Timeout.Infinite, token);
            return "";
        }));
        var order = robot.Order("go forward ten meters");
        await thinking.Task.WaitAsync(TimeSpan.FromSeconds(10));

        robot.Agents.Inject("planner", new InvalidOperationException("killed"));

        Assert.Equal(MissionStatus.Completed, (await robot.EndAsync(order)).Status);
    }

    [Fact]
    public async Task A_planner_that_fails_again_and_again_fails_the_mission_with_its_reason()
    {
        await using var robot = await TestRobot.StartAsync(new ScriptedModel((_, _) => throw new InvalidOperationException("broken for good")));

        var mission = await robot.RunAsync("go forward ten meters");

        Assert.Equal(MissionStatus.Failed, mission.Status);
        Assert.Contains("broken for good", mission.Reason);
    }

    [Fact]
    public async Task A_planner_that_never_answers_fails_the_mission_within_its_limit()
    {
        await using var robot = await TestRobot.StartAsync(
            new ScriptedModel(async (_, token) =>
            {
                await Task.Delay(Timeout.Infinite, token);
                return "";
            }),
            configure: options => options with { PlanLimit = TimeSpan.FromMilliseconds(300) });

        var mission = await robot.RunAsync("go forward ten meters");

        Assert.Equal(MissionStatus.Failed, mission.Status);
        Assert.Contains("did not answer", mission.Reason);
    }

    [Fact]
    public async Task A_mission_that_takes_longer_than_its_limit_is_cancelled_and_the_next_has_its_own_time()
    {
        await using var robot = await TestRobot.StartAsync(
            new ScriptedModel(DriveTen),
            body: (call, skill, token) => call.Taint.HasFlag(Taint.Speech) ? TestRobot.Succeed(call, skill, token) : WaitUntilCancelled(call, skill, token),
            configure: options => options with { MissionLimit = TimeSpan.FromSeconds(2) });

        var mission = await robot.RunAsync("go forward ten meters");
        var next = await robot.RunAsync("go forward ten meters", Taint.Speech);

        Assert.Equal((MissionStatus.Cancelled, "The mission took longer than its limit of 2 s."), (mission.Status, mission.Reason));
        Assert.Equal(StepState.Cancelled, Assert.Single(mission.Steps).State);
        Assert.Equal(MissionStatus.Completed, next.Status);
    }

    [Fact]
    public async Task The_limit_holds_while_the_planner_thinks_too()
    {
        await using var robot = await TestRobot.StartAsync(
            new ScriptedModel(async (_, token) =>
            {
                await Task.Delay(Timeout.Infinite, token);
                return "";
            }),
            configure: options => options with { MissionLimit = TimeSpan.FromMilliseconds(300) });

        Assert.Equal((MissionStatus.Cancelled, "The mission took longer than its limit of 0.3 s."), await EndOf(robot, robot.Order("go forward ten meters")));
    }

    [Fact]
    public async Task A_longer_order_than_is_allowed_is_refused_with_the_limit_and_kept_shortened()
    {
        var model = new ScriptedModel(DriveTen);
        await using var robot = await TestRobot.StartAsync(model, configure: options => options with { MaxOrderCharacters = 21 });

        var tooLong = await robot.RunAsync("go forward ten meters!");
        var allowed = await robot.RunAsync("go forward ten meters");

        Assert.Equal((MissionStatus.Refused, "The order has 22 characters; at most 21 are taken.", "go forward ten meters…"), (tooLong.Status, tooLong.Reason, tooLong.Order));
        Assert.Equal(MissionStatus.Completed, allowed.Status);
        Assert.Single(model.Requests);
    }

    [Fact]
    public async Task A_store_that_cannot_write_restarts_the_coordinator_instead_of_acting_unrecorded()
    {
        var store = new BrokenStore();
        await using var robot = await TestRobot.StartAsync(new ScriptedModel(DriveTen), store);

        store.IsBroken = true;
        robot.Order("go forward ten meters");
        await robot.WaitAsync(delivery => delivery.Message.Data is AgentReport { Agent: "coordinator", Restarts: 1, State: "running" });
        store.IsBroken = false;

        Assert.Empty(robot.Calls);
        Assert.Equal(MissionStatus.Completed, (await robot.RunAsync("go forward ten meters")).Status);
    }

    [Fact]
    public async Task Stopping_the_robot_cancels_the_mission_and_stores_it_so()
    {
        var store = new MissionList();
        var robot = await TestRobot.StartAsync(new ScriptedModel(DriveTen), store, WaitUntilCancelled);
        robot.Order("go forward ten meters");
        await Running(robot);

        await robot.DisposeAsync();

        Assert.True(store.Saved[^1].HasEnded);
        Assert.Empty(store.Unfinished());
    }

    [Fact]
    public async Task Missions_that_a_killed_process_left_are_ended_with_the_truth()
    {
        var drive = new PlanStep("drive", System.Text.Json.JsonDocument.Parse("""{"distance_m":10}""").RootElement);
        var planning = new Mission("m-1", "go home", "console", Taint.None, MissionStatus.Planning, [], DateTimeOffset.UnixEpoch);
        var running = planning with
        {
            Id = "m-2", Status = MissionStatus.Running,
            Steps = [new MissionStep(drive, StepState.Completed), new MissionStep(drive, StepState.Running), new MissionStep(drive)],
        };
        var store = new MissionList(planning, running);

        await using var robot = await TestRobot.StartAsync(new ScriptedModel(DriveTen), store);

        await robot.SpokenAsync("during step 2 (drive)");
        var ended = store.Recent(2).ToDictionary(mission => mission.Id);
        Assert.Equal((MissionStatus.Cancelled, "The process ended before a plan existed."), (ended["m-1"].Status, ended["m-1"].Reason));
        Assert.Equal((MissionStatus.Failed, "The process ended during step 2 (drive)."), (ended["m-2"].Status, ended["m-2"].Reason));
        Assert.Equal([StepState.Completed, StepState.Failed, StepState.Cancelled], ended["m-2"].Steps.Select(step => step.State));
        Assert.Empty(robot.Calls);
        Assert.Contains(robot.Seen, delivery => delivery.Topic == TestRobot.Topics.MissionState("m-2"));
    }

    private static async ValueTask<SkillOutcome> WaitUntilCancelled(SkillCall call, string skill, CancellationToken token)
    {
        await Task.Delay(Timeout.Infinite, token);
        return SkillOutcome.Done();
    }

    private static Task Running(TestRobot robot) =>
        robot.WaitAsync(delivery => delivery.Message.Data is StepChanged { Step.State: StepState.Running } && !robot.Calls.IsEmpty);

    private static async Task<(MissionStatus, string?)> EndOf(TestRobot robot, string order)
    {
        var mission = await robot.EndAsync(order);
        return (mission.Status, mission.Reason);
    }

    private sealed class BrokenStore : IMissionStore
    {
        internal volatile bool IsBroken;

        public void Save(Mission mission)
        {
            if (IsBroken)
                throw new IOException("the disk is full");
        }

        public IReadOnlyList<Mission> Unfinished() => [];

        public IReadOnlyList<Mission> Recent(int count) => [];

        public void Dispose()
        {
        }
    }
}
