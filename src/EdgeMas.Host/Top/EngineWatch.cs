using System.Runtime.CompilerServices;
using System.Text;
using EdgeMas.Core.Events;
using EdgeMas.Core.Messages;
using EdgeMas.Host.CommandLine;
using EdgeMas.Host.Remote;

namespace EdgeMas.Host.Top;

/// <summary>Looks at the engine of a robot that runs, through its broker: what it tells of its health every two seconds, and where satellites find it.</summary>
internal sealed class EngineWatch(BrokerClient client)
{
    private const string AnyRobot = "edgemas/v1/+/+/";
    private const string HealthTopic = "health";
    private const string GnssTopic = "position/gnss";

    private static readonly TimeSpan LongestSilence = TimeSpan.FromSeconds(10);

    /// <summary>The topic that is listened to: of the first robot that is heard, where several share the broker.</summary>
    public string? Topic { get; private set; }

    /// <summary>The newest of that robot; null where it has no satellite receiver, or this visitor may not know.</summary>
    public GnssReport? Gnss { get; private set; }

    /// <exception cref="FailureException">The robot is silent, or tells nothing of an engine.</exception>
    public async IAsyncEnumerable<EngineReport> ReadAllAsync([EnumeratorCancellation] CancellationToken cancellationToken)
    {
        var filter = client.Root is null ? AnyRobot + HealthTopic : client.Absolute(HealthTopic);
        await client.SubscribeAsync(filter, cancellationToken); // first: what is retained comes in this order
        await TrySubscribeAsync(client.Root is null ? AnyRobot + GnssTopic : client.Absolute(GnssTopic), cancellationToken);
        using var silence = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        silence.CancelAfter(LongestSilence);
        await using var messages = client.ReadAllAsync(silence.Token).GetAsyncEnumerator(silence.Token);
        while (await NextAsync(messages, filter, cancellationToken))
        {
            var message = messages.Current;
            if (Topic is not null && message.Topic == $"{Topic[..^HealthTopic.Length]}{GnssTopic}")
                Gnss = Read<GnssReport>(message, MessageTypes.GnssReport) ?? Gnss;
            if (!message.Topic.EndsWith($"/{HealthTopic}", StringComparison.Ordinal) || message.Body.Length == 0 || (Topic is not null && message.Topic != Topic)
                || Read<HealthReport>(message, MessageTypes.HealthReport) is not { } health)
                continue;
            Topic = message.Topic;
            yield return health.Engine ?? throw new FailureException($"{Topic} tells nothing of an engine: an older edgemas runs there");
            silence.CancelAfter(LongestSilence);
        }
        throw new FailureException("the broker has closed the connection");
    }

    /// <summary>Something that is no health does not count, however much of it comes.</summary>
    private static async Task<bool> NextAsync(IAsyncEnumerator<RemoteMessage> messages, string filter, CancellationToken cancellationToken)
    {
        try
        {
            return await messages.MoveNextAsync();
        }
        catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested)
        {
            throw new FailureException($"no robot's health comes on {filter} within {LongestSilence.TotalSeconds} s: does the robot run, and export 'health'?");
        }
    }

    private static T? Read<T>(RemoteMessage message, string type)
        where T : class
    {
        try
        {
            return MessageBody.Decode(type, "application/json", Encoding.UTF8.GetBytes(message.Body)) as T;
        }
        catch (FormatException)
        {
            return null; // something else on that topic
        }
    }

    private async Task TrySubscribeAsync(string filter, CancellationToken cancellationToken)
    {
        try
        {
            await client.SubscribeAsync(filter, cancellationToken);
        }
        catch (FailureException)
        {
            // a visitor who may see the health and no more sees the engine and no position
        }
    }
}
