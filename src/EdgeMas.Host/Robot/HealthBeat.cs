using EdgeMas.Core.Bus;
using EdgeMas.Core.Events;
using EdgeMas.Core.Messages;
using EdgeMas.Core.Models;
using EdgeMas.Core.Topics;

namespace EdgeMas.Host.Robot;

/// <summary>Tells the process's health on its topic, retained, every few seconds of real time. Runs until disposed.</summary>
internal sealed class HealthBeat : IAsyncDisposable
{
    private static readonly TimeSpan Interval = TimeSpan.FromSeconds(2);

    private readonly CancellationTokenSource _ending = new();
    private readonly Task _beating;

    /// <param name="model">Whose agents' requests are told too.</param>
    /// <param name="degraded">What is missing or broken now, or null.</param>
    public HealthBeat(RobotTopics topics, IBus bus, ILanguageModel model, TimeProvider real, TimeProvider world, Func<bool> connected, Func<string?> degraded)
    {
        var began = real.GetTimestamp();
        _beating = BeatAsync();

        async Task BeatAsync()
        {
            using var timer = new PeriodicTimer(Interval, real);
            do
            {
                var report = new HealthReport(real.GetElapsedTime(began).TotalSeconds, Environment.WorkingSet, bus.Counters.Dropped, connected(), degraded()) { Engine = EngineReport.Of(model) };
                var message = new Message { Id = MessageIds.Next(), Source = "/host", Type = MessageTypes.HealthReport, Time = world.GetUtcNow(), Data = report, Priority = MessagePriority.Background };
                bus.Publish(topics.Health, message, retain: true);
            }
            while (await WaitAsync(timer));
        }
    }

    public async ValueTask DisposeAsync()
    {
        await _ending.CancelAsync();
        await _beating;
        _ending.Dispose();
    }

    private async Task<bool> WaitAsync(PeriodicTimer timer)
    {
        try
        {
            return await timer.WaitForNextTickAsync(_ending.Token);
        }
        catch (OperationCanceledException)
        {
            return false;
        }
    }
}
