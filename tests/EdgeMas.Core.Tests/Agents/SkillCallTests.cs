using System.Collections.Concurrent;
using EdgeMas.Core.Events;
using EdgeMas.Core.Messages;
using EdgeMas.Core.Skills;
using EdgeMas.Core.Supervision;
using Microsoft.Extensions.Time.Testing;
using static EdgeMas.Core.Tests.Agents.ScriptedAgent;

namespace EdgeMas.Core.Tests.Agents;

public sealed class SkillCallTests
{
    private static readonly SkillSchema Distance = new SkillSchema().Number("distance_m", "m", -50, 50);

    [Fact]
    public async Task A_call_gets_its_arguments_reports_progress_and_returns_the_outcome()
    {
        await using var robot = await TestRobot.StartAsync(TestRobot.Spec("motor", new ScriptedAgent
        {
            Offers =
            [
                Skill("drive", async (call, _) =>
                {
                    call.Progress.Report(new SkillProgress(0.5, "half way"));
                    await Task.Yield();
                    return SkillOutcome.Done($"{call.Arguments.GetProperty("distance_m").GetDouble()} m driven");
                }, Distance, SafetyClass.Motion),
            ],
        }));
        var progress = new ConcurrentQueue<SkillProgress>();

        var outcome = await robot.CallAsync("drive", """{"distance_m": 10}""", onProgress: progress.Enqueue);

        Assert.Equal(SkillOutcome.Done("10 m driven"), outcome);
        Assert.Equal([new SkillProgress(0.5, "half way")], progress);
    }

    [Fact]
    public async Task A_skill_that_nobody_offers_fails_with_its_name()
    {
        await using var robot = await TestRobot.StartAsync();

        var outcome = await robot.CallAsync("fly");

        Assert.False(outcome.Succeeded);
        Assert.Contains("'fly'", outcome.Reason);
    }

    [Fact]
    public async Task Arguments_outside_the_schema_never_reach_the_handler()
    {
        await using var robot = await TestRobot.StartAsync(TestRobot.Spec("motor", new ScriptedAgent
        {
            Offers = [Skill("drive", (_, _) => throw new InvalidOperationException("reached"), Distance)],
        }));

        var outcome = await robot.CallAsync("drive", """{"distance_m": 51}""");

        Assert.Contains("at most 50 in m", outcome.Reason);
        Assert.Equal("running", robot.Report("motor").State);
    }

    [Theory]
    [InlineData(Taint.None, true)]
    [InlineData(Taint.Model, true)]
    [InlineData(Taint.Speech | Taint.Model, true)]
    [InlineData(Taint.Network, false)]
    [InlineData(Taint.Speech | Taint.Vision, false)]
    public async Task Motion_starts_only_for_sources_that_its_skill_is_open_to(Taint taint, bool moves)
    {
        await using var robot = await TestRobot.StartAsync(TestRobot.Spec("motor", new ScriptedAgent
        {
            Offers = [Skill("drive", (_, _) => new(SkillOutcome.Done()), safety: SafetyClass.Motion, openTo: Taint.Speech)],
        }));

        Assert.Equal(moves, (await robot.CallAsync("drive", taint: taint)).Succeeded);
    }

    [Fact]
    public async Task A_call_that_came_over_the_broker_is_tainted_whatever_it_says()
    {
        var answers = new ScriptedAgent();
        await using var robot = await TestRobot.StartAsync(
            TestRobot.Spec("remote", answers),
            TestRobot.Spec("motor", new ScriptedAgent { Offers = [Skill("drive", (_, _) => new(SkillOutcome.Done()), safety: SafetyClass.Motion)] }));
        var forged = answers.Context.NewMessage(MessageTypes.SkillRequest, new SkillRequest("drive", Json("{}"), null), Performative.Request);

        robot.Bus.Publish(robot.Topics.Inbox("motor"), forged, fromBroker: true);

        Assert.True(SpinWait.SpinUntil(() => !answers.Received.IsEmpty, TestRobot.Patience));
        var ended = Assert.IsType<SkillEnded>(answers.Received.First().Message.Data);
        Assert.Contains("network", ended.Outcome.Reason);
    }

    [Fact]
    public async Task A_second_motion_is_busy_while_one_runs_and_stop_ends_it()
    {
        await using var robot = await TestRobot.StartAsync(TestRobot.Spec("motor", new ScriptedAgent
        {
            Offers =
            [
                Endless("drive", out var began, SafetyClass.Motion),
                Skill("turn", (_, _) => new(SkillOutcome.Done()), safety: SafetyClass.Motion),
                Skill("battery", (_, _) => new(SkillOutcome.Done())),
                Skill("stop", (_, _) => new(SkillOutcome.Done("stopped")), safety: SafetyClass.Motion, preempts: true),
            ],
        }));
        var driving = robot.CallAsync("drive");
        await began.Task.WaitAsync(TestRobot.Patience);

        Assert.Contains("busy: 'drive'", (await robot.CallAsync("turn")).Reason);
        Assert.True((await robot.CallAsync("battery")).Succeeded);
        Assert.True((await robot.CallAsync("stop")).Succeeded);
        Assert.Equal("'drive' was ended by 'stop'", (await driving).Reason);
        Assert.True((await robot.CallAsync("turn")).Succeeded);
    }

    [Fact]
    public async Task Cancelling_the_token_ends_the_call_at_the_other_side()
    {
        var ended = new TaskCompletionSource();
        var began = new TaskCompletionSource();
        await using var robot = await TestRobot.StartAsync(TestRobot.Spec("motor", new ScriptedAgent
        {
            Offers =
            [
                Skill("drive", async (_, token) =>
                {
                    began.SetResult();
                    using var registration = token.Register(ended.SetResult);
                    await Task.Delay(Timeout.InfiniteTimeSpan, token);
                    return SkillOutcome.Done();
                }),
            ],
        }));
        using var cancellation = new CancellationTokenSource();
        var call = robot.CallAsync("drive", token: cancellation.Token);
        await began.Task.WaitAsync(TestRobot.Patience);

        await cancellation.CancelAsync();

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => call);
        await ended.Task.WaitAsync(TestRobot.Patience);
        Assert.Equal("running", robot.Report("motor").State);
    }

    [Fact]
    public async Task A_call_that_takes_longer_than_its_limit_fails_and_says_so()
    {
        var time = new FakeTimeProvider();
        await using var robot = await TestRobot.StartAsync(time, TestRobot.Spec("motor", new ScriptedAgent { Offers = [Endless("drive", out var began, limit: 7)] }));
        var call = robot.CallAsync("drive");
        await began.Task.WaitAsync(TestRobot.Patience);

        time.Advance(TimeSpan.FromSeconds(7.1));

        Assert.Equal("'drive' took longer than its limit of 7 s", (await call).Reason);
    }

    [Fact]
    public async Task An_exception_in_a_skill_fails_the_call_and_reaches_the_supervisor()
    {
        await using var robot = await TestRobot.StartAsync(TestRobot.Spec("motor", () => new ScriptedAgent
        {
            Offers = [Skill("drive", (_, _) => throw new InvalidOperationException("wheel lost"))],
        }));

        var outcome = await robot.CallAsync("drive");
        var report = await robot.UntilAsync("motor", "running", restarts: 1);

        Assert.Equal("wheel lost", outcome.Reason);
        Assert.Equal("wheel lost", report.Reason);
    }

    [Fact]
    public async Task Of_several_providers_the_cheapest_bid_is_taken_and_those_who_refuse_are_not_asked()
    {
        var unknowing = Skill("fetch", (_, _) => new(SkillOutcome.Done("narrow")), new SkillSchema().Number("distance_m", "m", 0, 1), seconds: 1);
        var slow = Skill("fetch", (_, _) => new(SkillOutcome.Done("slow")), Distance, seconds: 9);
        var fast = Skill("fetch", (_, _) => new(SkillOutcome.Done("fast")), Distance, seconds: 2);
        await using var robot = await TestRobot.StartAsync(
            TestRobot.Spec("narrow", new ScriptedAgent { Offers = [unknowing] }),
            TestRobot.Spec("slow", new ScriptedAgent { Offers = [slow] }),
            TestRobot.Spec("fast", new ScriptedAgent { Offers = [fast] }));

        Assert.Equal("fast", (await robot.CallAsync("fetch", """{"distance_m": 5}""")).Reason);
        Assert.Contains("is at least", (await robot.CallAsync("fetch", """{"distance_m": -51}""")).Reason);
    }

    [Fact]
    public async Task A_busy_provider_bids_higher()
    {
        await using var robot = await TestRobot.StartAsync(
            TestRobot.Spec("one", new ScriptedAgent { Offers = [Skill("fetch", (_, _) => new(SkillOutcome.Done("one")), seconds: 1), Endless("dig", out var began, seconds: 5)] }),
            TestRobot.Spec("two", new ScriptedAgent { Offers = [Skill("fetch", (_, _) => new(SkillOutcome.Done("two")), seconds: 3)] }));
        using var cancellation = new CancellationTokenSource();
        var digging = robot.CallAsync("dig", token: cancellation.Token);
        await began.Task.WaitAsync(TestRobot.Patience);

        Assert.Equal("two", (await robot.CallAsync("fetch")).Reason);
        await cancellation.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => digging);
        Assert.Equal("one", (await robot.CallAsync("fetch")).Reason);
    }

    [Fact]
    public async Task A_handler_that_ignores_its_token_is_answered_for_and_its_agent_restarted()
    {
        var time = new FakeTimeProvider();
        var stuck = new TaskCompletionSource<SkillOutcome>();
        var began = new TaskCompletionSource();
        await using var robot = await TestRobot.StartAsync(time, TestRobot.Spec("motor", () => new ScriptedAgent
        {
            Offers =
            [
                Skill("drive", (_, _) =>
                {
                    began.TrySetResult();
                    return new(stuck.Task);
                }),
            ],
        }, SupervisorDecision.Stop));
        var call = robot.CallAsync("drive");
        await began.Task.WaitAsync(TestRobot.Patience);

        await time.AdvanceUntilAsync(call, TimeSpan.FromSeconds(1));

        Assert.Contains("has not ended yet", (await call).Reason);
        Assert.Contains("honour the token", (await robot.UntilAsync("motor", "stopped")).Reason);
        stuck.SetResult(SkillOutcome.Done());
    }
}
