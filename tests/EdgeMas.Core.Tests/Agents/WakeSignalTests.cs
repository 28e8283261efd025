using EdgeMas.Core.Mailbox;

namespace EdgeMas.Core.Tests.Agents;

public sealed class WakeSignalTests
{
    private readonly WakeSignal _signal = new();

    [Fact]
    public void A_signal_before_the_wait_is_kept_and_several_count_as_one()
    {
        _signal.Set();
        _signal.Set();

        Assert.True(_signal.WaitAsync().IsCompleted);
        Assert.False(_signal.WaitAsync().IsCompleted);
    }

    [Fact]
    public async Task A_signal_during_the_wait_ends_it_each_time()
    {
        for (var i = 0; i < 3; i++)
        {
            var waiting = _signal.WaitAsync();
            Assert.False(waiting.IsCompleted);
            _signal.Set();
            await waiting.AsTask().WaitAsync(TestRobot.Patience);
        }
    }
}
