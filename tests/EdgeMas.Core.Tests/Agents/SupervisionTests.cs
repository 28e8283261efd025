using System.Collections.Concurrent;
using EdgeMas.Core.Agents;
using EdgeMas.Core.Bus;
using EdgeMas.Core.Events;
using EdgeMas.Core.Messages;
using EdgeMas.Core.Skills;
using EdgeMas.Core.Supervision;
using EdgeMas.Core.Tests.Bus;
using Microsoft.Extensions.Time.Testing;
using static EdgeMas.Core.Tests.Agents.ScriptedAgent;

namespace EdgeMas.Core.Tests.Agents;

public sealed class SupervisionTests
{
    [Fact]
    public async Task An_agents_states_are_retained_on_its_state_topic()
    {
        var robot = await TestRobot.StartAsync(TestRobot.Spec("motor", new ScriptedAgent { Offers = [Skill("turn", Done), Skill("drive", Done)] }));
        await using (robot)
            Assert.Equivalent(new AgentReport("motor", "running", ["drive", "turn"], 0, null), LastReport(robot, "motor"));

        Assert.Equal("stopped", LastReport(robot, "motor").State);
        Assert.Empty(robot.Registry.Skills);
    }

    [Fact]
    public async Task A_failing_handler_restarts_its_agent_with_a_fresh_instance_that_takes_over_the_mailbox()
    {
        var made = 0;
        var handled = new ConcurrentQueue<(int, object?)>();
        await using var robot = await TestRobot.StartAsync(TestRobot.Spec("critic", () =>
        {
            var number = ++made;
            return new ScriptedAgent
            {
                OnReceive = (delivery, _, _) =>
                {
                    handled.Enqueue((number, delivery.Message.Data));
                    return number == 1 ? throw new InvalidOperationException("bad letter") : ValueTask.CompletedTask;
                },
            };
        }));

        foreach (var letter in (string[])["one", "two", "three"])
            robot.Bus.Publish(robot.Topics.Inbox("critic"), Letters.New(letter));
        var report = await robot.UntilAsync("critic", "running", restarts: 1);

        Assert.Equal("bad letter", report.Reason);
        Assert.True(SpinWait.SpinUntil(() => handled.Count == 3, TestRobot.Patience));
        Assert.Equal([(1, "one"), (2, "two"), (2, "three")], handled);
    }

    [Fact]
    public async Task An_agent_told_to_resume_keeps_its_state()
    {
        var count = 0;
        var agent = new ScriptedAgent
        {
            OnReceive = (delivery, context, _) =>
            {
                count++;
                if (delivery.Message.Data is "bad")
                    throw new InvalidOperationException("bad letter");
                context.Reply(delivery.Message, "test.answer", $"{count}");
                return ValueTask.CompletedTask;
            },
        };
        await using var robot = await TestRobot.StartAsync(TestRobot.Spec("critic", agent, SupervisorDecision.Resume));

        var bad = await robot.AskAsync("critic", "bad");
        var good = await robot.AskAsync("critic", "good");

        Assert.Equal((Performative.Failure, "bad letter"), (bad.Performative, bad.Data));
        Assert.Equal("2", good.Data);
        Assert.Equal(("running", 0), (robot.Report("critic").State, robot.Report("critic").Restarts));
    }

    [Fact]
    public async Task Too_many_restarts_in_the_window_escalate()
    {
        await using var robot = await TestRobot.StartAsync(TestRobot.Spec("motor", () => new ScriptedAgent(), maxRestarts: 2));
        var escalated = new TaskCompletionSource<(string, Exception)>();
        robot.System.Escalated += (agent, error) => escalated.TrySetResult((agent, error));

        for (var i = 1; i <= 3; i++)
        {
            robot.System.Inject("motor", new InvalidOperationException($"failure {i}"));
            if (i <= 2)
                await robot.UntilAsync("motor", "running", restarts: i);
        }
        var (name, cause) = await escalated.Task.WaitAsync(TestRobot.Patience);

        Assert.Equal(("motor", "failure 3"), (name, cause.Message));
        Assert.Equal("failed", robot.Report("motor").State);
    }

    [Fact]
    public void Restarts_wait_longer_each_time_and_old_ones_are_forgotten()
    {
        var time = new FakeTimeProvider();
        var window = new RestartWindow(new RestartPolicy(SupervisorDecision.Restart, 3, TimeSpan.FromMinutes(1), TimeSpan.FromSeconds(2)), time);
        var waits = new List<double>();
        for (var i = 0; i < 3; i++)
        {
            Assert.True(window.TryRestart(out var backoff));
            waits.Add(backoff.TotalSeconds);
            time.Advance(TimeSpan.FromSeconds(10));
        }

        Assert.Equal([2, 4, 5], waits);
        Assert.False(window.TryRestart(out _));
        time.Advance(TimeSpan.FromSeconds(31));
        Assert.True(window.TryRestart(out _));
    }

    [Fact]
    public async Task A_restart_waits_for_its_backoff_and_meanwhile_requests_fail_at_once_and_other_messages_wait()
    {
        var time = new FakeTimeProvider();
        var received = new ConcurrentQueue<object?>();
        await using var robot = await TestRobot.StartAsync(time, new AgentSpec("planner", () => new ScriptedAgent
        {
            OnReceive = (delivery, _, _) =>
            {
                received.Enqueue(delivery.Message.Data);
                return ValueTask.CompletedTask;
            },
            Offers = [Skill("plan", Done)],
        }));
        robot.System.Inject("planner", new InvalidOperationException("gone"));
        await robot.UntilAsync("planner", "restarting");

        var answer = await robot.AskAsync("planner", "are you there?");
        var call = await robot.CallAsync("plan");
        robot.Bus.Publish(robot.Topics.Inbox("planner"), Letters.New("an order from outside", Performative.Request));
        Assert.Equal("restarting", robot.Report("planner").State);
        await time.AdvanceUntilAsync(robot.UntilAsync("planner", "running"), TimeSpan.FromMilliseconds(60));

        Assert.Equal(Performative.Failure, answer.Performative);
        Assert.False(call.Succeeded);
        Assert.True(SpinWait.SpinUntil(() => received.Count == 1, TestRobot.Patience));
        Assert.Equal(["an order from outside"], received);
    }

    [Fact]
    public async Task Killing_an_agent_answers_everything_that_it_was_asked()
    {
        var began = new TaskCompletionSource();
        var taken = new TaskCompletionSource();
        await using var robot = await TestRobot.StartAsync(TestRobot.Spec("planner", () => new ScriptedAgent
        {
            Offers = [Skill("think", async (_, token) =>
            {
                began.TrySetResult();
                await Task.Delay(Timeout.InfiniteTimeSpan, token);
                return SkillOutcome.Done();
            })],
            OnReceive = async (delivery, _, token) =>
            {
                if (delivery.Message.Data is "remember") // and answer later, perhaps
                    return;
                taken.TrySetResult();
                await Task.Delay(Timeout.InfiniteTimeSpan, token);
            },
        }));
        var remembered = robot.AskAsync("planner", "remember");
        var busy = robot.AskAsync("planner", "keep busy");
        var call = robot.CallAsync("think");
        await Task.WhenAll(began.Task, taken.Task).WaitAsync(TestRobot.Patience);

        robot.System.Inject("planner", new InvalidOperationException("killed"));

        Assert.Equal(Performative.Failure, (await remembered).Performative);
        Assert.Equal(Performative.Failure, (await busy).Performative);
        Assert.Contains("killed", (await call).Reason);
        Assert.Equal(1, (await robot.UntilAsync("planner", "running", restarts: 1)).Restarts);
    }

    [Theory]
    [InlineData(SupervisorDecision.Stop, "stopped")]
    [InlineData(SupervisorDecision.Escalate, "failed")]
    public async Task A_request_to_an_agent_that_ended_fails_at_once(SupervisorDecision decision, string state)
    {
        await using var robot = await TestRobot.StartAsync(TestRobot.Spec("vision", new ScriptedAgent { Offers = [Skill("see", Done)] }, decision));
        robot.System.Inject("vision", new InvalidOperationException("no camera"));
        await robot.UntilAsync("vision", state);

        var answer = await robot.AskAsync("vision", "hello?");

        Assert.Equal(Performative.Failure, answer.Performative);
        Assert.Contains(state, Assert.IsType<string>(answer.Data));
        Assert.Contains("no agent offers", (await robot.CallAsync("see")).Reason);
    }

    [Fact]
    public async Task A_request_to_an_agent_that_never_was_fails_at_once()
    {
        await using var robot = await TestRobot.StartAsync();

        var answer = await robot.AskAsync("nobody", "hello?");

        Assert.Equal((Performative.Failure, "there is no agent 'nobody'"), (answer.Performative, answer.Data));
    }

    [Fact]
    public async Task An_agent_that_cannot_start_is_tried_again_and_does_not_hold_up_the_others()
    {
        var tries = 0;
        await using var robot = await TestRobot.StartAsync(
            TestRobot.Spec("audio", () => new ScriptedAgent { OnStart = (_, _) => ++tries < 3 ? throw new InvalidOperationException("no microphone") : default }),
            TestRobot.Spec("motor", new ScriptedAgent()));

        var report = await robot.UntilAsync("audio", "running");

        Assert.Equal((2, "no microphone"), (report.Restarts, report.Reason));
        Assert.Equal("running", robot.Report("motor").State);
    }

    [Fact]
    public async Task An_agent_whose_creation_fails_is_supervised_too()
    {
        await using var robot = await TestRobot.StartAsync(TestRobot.Spec("audio", () => throw new InvalidOperationException("no library"), SupervisorDecision.Stop));

        Assert.Equal(("stopped", "no library"), (robot.Report("audio").State, robot.Report("audio").Reason));
    }

    [Fact]
    public async Task An_agent_that_does_not_start_in_time_has_failed()
    {
        var time = new FakeTimeProvider();
        var spec = TestRobot.Spec("audio", new ScriptedAgent { OnStart = async (_, token) => await Task.Delay(Timeout.InfiniteTimeSpan, token) }, SupervisorDecision.Stop);
        var starting = TestRobot.StartAsync(time, spec with { StartLimit = TimeSpan.FromSeconds(3) });

        await time.AdvanceUntilAsync(starting, TimeSpan.FromSeconds(1));
        await using var robot = await starting;

        Assert.Contains("did not start within 3 s", robot.Report("audio").Reason);
    }

    [Fact]
    public async Task A_handler_that_ignores_its_token_is_left_behind_and_its_agent_restarted()
    {
        var time = new FakeTimeProvider();
        var stuck = new TaskCompletionSource();
        var taken = new TaskCompletionSource();
        await using var robot = await TestRobot.StartAsync(time, TestRobot.Spec("planner", () => new ScriptedAgent
        {
            OnReceive = async (delivery, context, _) =>
            {
                taken.TrySetResult();
                if (delivery.Message.Data is "hang")
                    await stuck.Task;
                context.Reply(delivery.Message, "test.answer", "alive");
            },
        }));
        var hanging = robot.AskAsync("planner", "hang");
        await taken.Task.WaitAsync(TestRobot.Patience);

        robot.System.Inject("planner", new InvalidOperationException("killed"));
        await time.AdvanceUntilAsync(robot.UntilAsync("planner", "running", restarts: 1), TimeSpan.FromMilliseconds(500));

        Assert.Equal(Performative.Failure, (await hanging).Performative);
        Assert.Equal("alive", (await robot.AskAsync("planner", "hello")).Data);
        Assert.Equal(1, robot.Report("planner").Restarts);
        stuck.SetResult();
    }

    [Fact]
    public async Task Stopping_waits_for_running_calls_and_lets_agents_clean_up_once()
    {
        var order = new ConcurrentQueue<string>();
        var began = new TaskCompletionSource();
        var robot = await TestRobot.StartAsync(TestRobot.Spec("motor", new ScriptedAgent
        {
            Offers = [Skill("drive", async (_, token) =>
            {
                began.SetResult();
                try
                {
                    await Task.Delay(Timeout.InfiniteTimeSpan, token);
                }
                finally
                {
                    order.Enqueue("brake");
                }
                return SkillOutcome.Done();
            })],
            OnStop = () =>
            {
                order.Enqueue("stop");
                return ValueTask.CompletedTask;
            },
        }));
        var request = robot.Asker.NewMessage(MessageTypes.SkillRequest, new SkillRequest("drive", Json("{}"), null), Performative.Request);
        robot.Bus.Publish(robot.Topics.Inbox("motor"), request);
        await began.Task.WaitAsync(TestRobot.Patience);

        await robot.DisposeAsync();
        await robot.DisposeAsync();

        Assert.Equal(["brake", "stop"], order);
        Assert.All(robot.System.Snapshot(), report => Assert.Equal("stopped", report.State));
    }

    [Fact]
    public async Task Who_asks_ends_before_who_serves()
    {
        var order = new ConcurrentQueue<string>();
        AgentSpec Noting(string name) => TestRobot.Spec(name, new ScriptedAgent
        {
            OnStop = async () =>
            {
                await Task.Yield();
                order.Enqueue(name);
            },
        });

        await using (await TestRobot.StartAsync(Noting("motor"), Noting("planner"), Noting("coordinator")))
        {
        }

        Assert.Equal(["coordinator", "planner", "motor"], order);
    }

    [Fact]
    public async Task An_impatient_stop_tells_everyone_and_returns()
    {
        var stopped = new TaskCompletionSource();
        var free = new TaskCompletionSource();
        var time = new FakeTimeProvider(); // stands still: no grace ever ends
        var robot = await TestRobot.StartAsync(
            time,
            TestRobot.Spec("motor", new ScriptedAgent
            {
                OnStop = () =>
                {
                    stopped.SetResult();
                    return default;
                },
            }),
            TestRobot.Spec("hung", new ScriptedAgent { OnStop = async () => await free.Task }));
        using var patience = new CancellationTokenSource(TimeSpan.FromMilliseconds(50));

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => robot.System.StopAsync(patience.Token));

        await stopped.Task.WaitAsync(TestRobot.Patience);
        free.SetResult();
        await robot.DisposeAsync();
    }

    [Fact]
    public async Task Many_failures_at_once_restart_an_agent_once_for_each_instance_and_never_wedge_it()
    {
        await using var robot = await TestRobot.StartAsync(TestRobot.Spec("motor", () => new ScriptedAgent { Offers = [Skill("turn", Done)] }, maxRestarts: 1_000));

        Parallel.For(0, 100, i => robot.System.Inject("motor", new InvalidOperationException($"failure {i}")));
        Assert.True(SpinWait.SpinUntil(() => robot.Report("motor") is { State: "running", Restarts: > 0 }, TestRobot.Patience));
        SkillOutcome outcome;
        var patience = DateTime.UtcNow + TestRobot.Patience;
        do
            outcome = await robot.CallAsync("turn");
        while (!outcome.Succeeded && DateTime.UtcNow < patience);

        Assert.True(outcome.Succeeded, outcome.Reason);
    }

    private static ValueTask<SkillOutcome> Done(SkillCall call, CancellationToken token) => new(SkillOutcome.Done());

    private static AgentReport LastReport(TestRobot robot, string agent)
    {
        var queue = new BusQueue(1, OverflowPolicy.Refuse);
        robot.Bus.Subscribe(robot.Topics.AgentState(agent), queue).Dispose();
        Assert.True(queue.TryRead(out var delivery));
        return Assert.IsType<AgentReport>(delivery.Message.Data);
    }
}
