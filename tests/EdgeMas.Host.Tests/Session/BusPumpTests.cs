using EdgeMas.Core.Bus;
using EdgeMas.Core.Messages;
using EdgeMas.Host.Robot;
using EdgeMas.Host.Session;
using EdgeMas.Host.Story;

namespace EdgeMas.Host.Tests.Session;

public sealed class BusPumpTests
{
    [Fact]
    public async Task The_end_waits_for_what_was_taken_from_the_bus_and_lets_nothing_through_afterwards()
    {
        var file = Path.GetTempFileName();
        try
        {
            using var view = new SlowView();
            await using var pump = new BusPump(new RobotStory(), view);
            pump.Start(new EventRecorder(file, maxBytes: 1 << 20));
            pump.Queue.TryAccept(Delivery("first"));
            await view.Showing.Task.WaitAsync(TimeSpan.FromMinutes(1), TestContext.Current.CancellationToken);
            pump.Queue.TryAccept(Delivery("second"));

            var end = pump.EndAsync();
            Assert.False(end.IsCompleted);
            view.GoOn.Set();
            await end;
            pump.Queue.TryAccept(Delivery("late"));
            await pump.DisposeAsync();

            Assert.Equal(["first", "second"], view.Shown);
            Assert.Equal(2, File.ReadLines(file).Count());
        }
        finally
        {
            File.Delete(file);
        }
    }

    private static Delivery Delivery(string topic) => new(topic, new Message { Id = topic, Source = "/test", Type = "test", Time = DateTimeOffset.UnixEpoch });

    private sealed class SlowView : IRunView
    {
        public TaskCompletionSource Showing { get; } = new(TaskCreationOptions.RunContinuationsAsynchronously);

        public ManualResetEventSlim GoOn { get; } = new();

        public List<string> Shown { get; } = [];

        public void Show(in Delivery delivery, StoryLine? line)
        {
            Showing.TrySetResult();
            GoOn.Wait(TimeSpan.FromMinutes(1));
            Shown.Add(delivery.Topic);
        }

        public void Note(StoryLine line) => throw new InvalidOperationException("nobody notes anything here");

        public Task ReadAsync(Action<string> typed, CancellationToken cancellationToken) => Task.CompletedTask;

        public void End(RunSummary summary) => throw new InvalidOperationException("no run ends here");

        public void Dispose() => GoOn.Dispose();
    }
}
