using EdgeMas.Core.Bus;
using EdgeMas.Host.Robot;
using EdgeMas.Host.Story;

namespace EdgeMas.Host.Session;

/// <summary>Brings everything from the bus into the story, the event log and the view, on one task.</summary>
internal sealed class BusPump : IAsyncDisposable
{
    private const int Capacity = 16_384;
    private static readonly TimeSpan DrainLimit = TimeSpan.FromSeconds(2);

    private readonly RobotStory _story;
    private readonly IRunView _view;
    private readonly CancellationTokenSource _ending = new();
    private EventRecorder? _recorder;
    private Task _pumping = Task.CompletedTask;

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

    /// <summary>Returns when what the bus had carried before the call has been shown.</summary>
    public async Task DrainAsync()
    {
        using var limit = new CancellationTokenSource(DrainLimit, TimeProvider.System);
        while (Queue.Count > 0 && !limit.IsCancellationRequested)
            await Task.Delay(TimeSpan.FromMilliseconds(5), TimeProvider.System);
        lock (_story.Gate)
            _recorder?.Flush();
    }

    public async ValueTask DisposeAsync()
    {
        await DrainAsync();
        await _ending.CancelAsync();
        await _pumping;
        _recorder?.Dispose();
        _ending.Dispose();
    }

    private async Task PumpAsync()
    {
        try
        {
            await foreach (var delivery in Queue.ReadAllAsync(_ending.Token))
            {
                lock (_story.Gate)
                {
                    var line = _story.Apply(delivery);
                    _recorder!.Write(delivery);
                    _view.Show(delivery, line);
                }
            }
        }
        catch (OperationCanceledException)
        {
            // the run is over
        }
    }
}
