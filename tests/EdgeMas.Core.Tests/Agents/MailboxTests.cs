using EdgeMas.Core.Bus;
using EdgeMas.Core.Mailbox;
using EdgeMas.Core.Messages;
using EdgeMas.Core.Tests.Bus;
using Microsoft.Extensions.Time.Testing;

namespace EdgeMas.Core.Tests.Agents;

public sealed class MailboxTests
{
    [Fact]
    public void Safety_goes_first_and_each_line_keeps_its_order()
    {
        var mailbox = new AgentMailbox(8);
        mailbox.SetOpen(true);
        foreach (var i in Enumerable.Range(0, 4))
            mailbox.TryAccept(new Delivery("a", Letters.New(i) with { Priority = i % 2 == 0 ? MessagePriority.Interactive : MessagePriority.Safety }));

        var order = new List<object?>();
        while (mailbox.TryTake(out Delivery delivery))
            order.Add(delivery.Message.Data);

        Assert.Equal([1, 3, 0, 2], order);
    }

    [Fact]
    public async Task A_full_mailbox_refuses_and_answers_requests_with_a_failure()
    {
        var free = new TaskCompletionSource();
        var taken = new TaskCompletionSource();
        var spec = TestRobot.Spec("slow", new ScriptedAgent
        {
            OnReceive = async (delivery, context, _) =>
            {
                taken.TrySetResult();
                await free.Task;
                context.Reply(delivery.Message, "test.answer", "served");
            },
        });
        await using var robot = await TestRobot.StartAsync(spec with { MailboxCapacity = 1 });
        var first = robot.AskAsync("slow", 1);
        await taken.Task.WaitAsync(TestRobot.Patience);
        var second = robot.AskAsync("slow", 2);

        var third = await robot.AskAsync("slow", 3);
        var letter = robot.Bus.Publish(robot.Topics.Inbox("slow"), Letters.New(4));
        free.SetResult();

        Assert.Equal((Performative.Failure, "agent 'slow' has no room for another message"), (third.Performative, third.Data));
        Assert.Equal(new PublishReceipt(0, 1), letter);
        Assert.Equal("served", (await first).Data);
        Assert.Equal("served", (await second).Data);
    }

    [Fact]
    public async Task Taking_back_a_request_cancels_its_handler_and_withdraws_it_from_the_mailbox()
    {
        var served = 0;
        var taken = new TaskCompletionSource();
        await using var robot = await TestRobot.StartAsync(TestRobot.Spec("planner", new ScriptedAgent
        {
            OnReceive = async (delivery, context, token) =>
            {
                Interlocked.Increment(ref served);
                taken.TrySetResult();
                if (delivery.Message.Data is "think")
                    await Task.Delay(Timeout.InfiniteTimeSpan, token);
                context.Reply(delivery.Message, "test.answer", "here");
            },
        }));
        using var cancellation = new CancellationTokenSource();
        var inHand = robot.AskAsync("planner", "think", cancellation.Token);
        await taken.Task.WaitAsync(TestRobot.Patience);
        var waiting = robot.AskAsync("planner", "think", cancellation.Token);

        await cancellation.CancelAsync();

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => inHand);
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => waiting);
        Assert.Equal("here", (await robot.AskAsync("planner", "hello")).Data);
        Assert.Equal(2, served);
        Assert.Equal(("running", 0), (robot.Report("planner").State, robot.Report("planner").Restarts));
    }

    [Fact]
    public async Task A_request_that_nobody_answers_times_out_with_the_agents_name()
    {
        var time = new FakeTimeProvider();
        await using var robot = await TestRobot.StartAsync(time, TestRobot.Spec("mute", new ScriptedAgent()));
        var asking = robot.AskAsync("mute", "hello");

        await time.AdvanceUntilAsync(asking, TimeSpan.FromSeconds(1));

        Assert.Contains("'mute'", (await Assert.ThrowsAsync<TimeoutException>(() => asking)).Message);
    }

    [Fact]
    public async Task A_message_past_its_deadline_is_not_handed_to_the_agent()
    {
        var time = new FakeTimeProvider();
        var agent = new ScriptedAgent();
        await using var robot = await TestRobot.StartAsync(time, TestRobot.Spec("critic", agent));
        robot.Bus.Publish(robot.Topics.Inbox("critic"), Letters.New("late") with { Deadline = time.GetUtcNow() - TimeSpan.FromSeconds(1) });
        robot.Bus.Publish(robot.Topics.Inbox("critic"), Letters.New("in time") with { Deadline = time.GetUtcNow() + TimeSpan.FromSeconds(1) });

        Assert.True(SpinWait.SpinUntil(() => !agent.Received.IsEmpty, TestRobot.Patience));
        Assert.Equal(["in time"], agent.Received.Select(delivery => delivery.Message.Data));
    }

    [Fact]
    public async Task An_answer_counts_only_from_the_agent_that_was_asked_and_not_from_the_broker()
    {
        var taken = new TaskCompletionSource<Message>();
        var liar = new ScriptedAgent();
        await using var robot = await TestRobot.StartAsync(
            TestRobot.Spec("liar", liar),
            TestRobot.Spec("planner", new ScriptedAgent
            {
                OnReceive = (delivery, _, _) =>
                {
                    taken.SetResult(delivery.Message);
                    return ValueTask.CompletedTask;
                },
            }));
        var asking = robot.AskAsync("planner", "truth?");
        var request = await taken.Task.WaitAsync(TestRobot.Patience);

        liar.Context.Reply(request, "test.answer", "a lie");
        var honest = liar.Context.NewMessage("test.answer", "the truth") with { CorrelationId = request.Id, Source = "/agents/planner" };
        robot.Bus.Publish(robot.Topics.Inbox("asker"), honest with { Data = "forged outside" }, fromBroker: true);
        robot.Bus.Publish(robot.Topics.Inbox("asker"), honest);

        Assert.Equal("the truth", (await asking).Data);
    }

    [Fact]
    public async Task A_flooded_agent_leaves_room_for_the_others_and_its_supervisor()
    {
        var flooding = true;
        await using var robot = await TestRobot.StartAsync(
            TestRobot.Spec("flooded", new ScriptedAgent
            {
                OnReceive = (delivery, context, _) =>
                {
                    if (Volatile.Read(ref flooding))
                        context.Publish(context.Topics.Inbox("flooded"), "test.letter", "again");
                    return ValueTask.CompletedTask;
                },
            }, Core.Supervision.SupervisorDecision.Stop));
        robot.Bus.Publish(robot.Topics.Inbox("flooded"), Letters.New("again"));

        robot.System.Inject("flooded", new InvalidOperationException("enough"));

        Assert.Equal("enough", (await robot.UntilAsync("flooded", "stopped")).Reason);
        Volatile.Write(ref flooding, false);
    }

    [Fact]
    public async Task Agents_hear_the_topics_that_they_asked_for()
    {
        var agent = new ScriptedAgent { Filters = ["edgemas/v1/yard/rover/speech/+"] };
        await using var robot = await TestRobot.StartAsync(TestRobot.Spec("coordinator", agent));

        robot.Bus.Publish(robot.Topics.SpeechHeard, Letters.New("hello"));

        Assert.True(SpinWait.SpinUntil(() => !agent.Received.IsEmpty, TestRobot.Patience));
        Assert.Equal(robot.Topics.SpeechHeard, agent.Received.Single().Topic);
    }
}
