using EdgeMas.Core.Bus;
using EdgeMas.Host.Robot;
using EdgeMas.Host.Story;

namespace EdgeMas.Host.Session;

/// <summary>Brings everything from the bus into the story, the event log and the view, on one task.</summary>
internal sealed class BusPump : IAsyncDisposable
{
    private const int Capacity = 16_384;

    private readonly RobotStory _story;
    private readonly IRunView _view;
    private readonly CancellationTokenSource _ending = new();
    private EventRecorder? _recorder;
    private Task _pumping = Task.CompletedTask;
    private int _ended;

    public BusPump(RobotStory story, IRunView view)
    {
        (_story, _view) = (story, view);
    }

    public BusQueue Queue { get; } = new(Capacity, OverflowPolicy.DropOldest);

    public void Start(EventRecorder recorder)
    {
        _recorder = recorder;
        _pumping = PumpAsync();
    }

    /// <summary>Returns when what the bus had carried before the call is in the story, the log and the view; what it carries afterwards goes nowhere.</summary>
    public async Task EndAsync()
    {
        if (Interlocked.Exchange(ref _ended, 1) != 0)
            return;
        await _ending.CancelAsync();
        await _pumping; // what it has taken from the queue it also shows
        for (var left = Queue.Count; left > 0 && Queue.TryRead(out var delivery); left--)
            Take(delivery);
        _recorder?.Flush();
    }

    public async ValueTask DisposeAsync()
    {
        await EndAsync();
        _recorder?.Dispose();
        _ending.Dispose();
    }

    private async Task PumpAsync()
    {
        try
        {
            await foreach (var delivery in Queue.ReadAllAsync(_ending.Token))
                Take(delivery);
        }
        catch (OperationCanceledException)
        {
            // the run is over
        }
    }

    private void Take(in Delivery delivery)
    {
        lock (_story.Gate)
        {
            var line = _story.Apply(delivery);
            _recorder?.Write(delivery);
            _view.Show(delivery, line);
        }
    }
}
