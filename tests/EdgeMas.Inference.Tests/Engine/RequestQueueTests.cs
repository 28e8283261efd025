using EdgeMas.Core.Messages;
using EdgeMas.Core.Models;
using EdgeMas.Inference.Engine;

namespace EdgeMas.Inference.Tests.Engine;

public sealed class RequestQueueTests
{
    private readonly RequestQueue _queue = new(capacity: 100);

    [Fact]
    public void What_is_due_first_goes_first_within_its_priority()
    {
        Add("no hurry", due: long.MaxValue);
        Add("later", due: 20);
        Add("sooner", due: 10);
        Add("urgent", due: long.MaxValue, priority: MessagePriority.Safety);

        Assert.Equal(["urgent", "sooner", "later", "no hurry"], Order());
    }

    [Fact]
    public void An_agent_that_asks_a_lot_does_not_hold_up_one_that_asks_little()
    {
        for (var i = 0; i < 4; i++)
            Add("much", tokens: 1000);
        for (var i = 0; i < 3; i++)
            Add("little", tokens: 100);

        Assert.Equal(["much", "little", "little", "little", "much", "much", "much"], Order());
    }

    [Fact]
    public void Who_was_away_has_no_claim_to_the_time_that_passed()
    {
        for (var i = 0; i < 3; i++)
            Add("busy", tokens: 1000);
        _queue.TryTake(MessagePriority.Background);
        _queue.TryTake(MessagePriority.Background);
        for (var i = 0; i < 4; i++)
            Add("back", tokens: 400);

        Assert.Equal(["back", "back", "back", "busy", "back"], Order());
    }

    [Fact]
    public void Only_what_is_urgent_enough_is_taken()
    {
        Add("background", priority: MessagePriority.Background);

        Assert.Null(_queue.TryTake(MessagePriority.Interactive));
        Assert.NotNull(_queue.TryTake(MessagePriority.Background));
    }

    private void Add(string agent, long due = long.MaxValue, int tokens = 10, MessagePriority priority = MessagePriority.Interactive) => Assert.True(_queue.TryAdd(
        new GenerationJob(new GenerationRequest { Agent = agent, Prompt = "", MaxTokens = 1, Priority = priority }, new int[tokens - 1], onText: null, asked: 0, due, CancellationToken.None)));

    private List<string> Order()
    {
        var order = new List<string>();
        while (_queue.TryTake(MessagePriority.Background) is { } job)
            order.Add(job.Request.Agent);
        return order;
    }
}
