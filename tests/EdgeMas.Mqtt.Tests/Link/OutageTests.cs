using System.Diagnostics;
using EdgeMas.Core.Bus;
using EdgeMas.Mqtt.Addresses;
using EdgeMas.Mqtt.Embedded;
using EdgeMas.Mqtt.Link;
using EdgeMas.Mqtt.Mosquitto;
using EdgeMas.Mqtt.Tests.Parts;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Time.Testing;

namespace EdgeMas.Mqtt.Tests.Link;

/// <summary>The link's clock is a false one where a test must be ready before the link returns: it reconnects when the test lets time pass.</summary>
public sealed class OutageTests
{
    private readonly FakeTimeProvider _time = new();
    private readonly InProcessBus _bus = new(TimeProvider.System);
    private readonly LinesLog _log = new();

    [Theory]
    [InlineData(BrokerKind.Embedded)]
    [InlineData(BrokerKind.Mosquitto)]
    public async Task Nothing_is_lost_when_the_broker_goes_away_while_messages_are_published(BrokerKind kind)
    {
        const int Count = 1_000;
        await using var broker = await Brokers.StartAsync(kind);
        var filter = $"{Samples.Topics.Root}/missions/#";
        await using var before = await OutsideClient.SubscribeAsync(broker.EndpointOf("guest"), filter, "%p", "-q", "0");
        await using var link = new MqttLink(Links.Options(broker.Endpoint), _bus, _time, _log);
        await link.StartAsync(Until.Deadline());

        var publishing = Task.Run(() => PublishSlowlyAsync(Count));
        await Until.TrueAsync(() => link.Counters.Sent > Count / 10);
        if (broker is MosquittoBroker mosquitto)
            await KillAsync(mosquitto);
        else
            await broker.StopAsync(Until.Deadline());
        await Until.TrueAsync(() => !link.IsConnected);
        await publishing;
        if (broker is MosquittoBroker restarted)
            await Until.TrueAsync(() => restarted.Restarts == 1);
        else
            await broker.StartAsync(Until.Deadline());
        await using var after = await OutsideClient.SubscribeAsync(broker.EndpointOf("guest"), filter, "%p");
        Assert.False(link.IsConnected);
        Assert.InRange(link.Counters.Waiting, 1, Count);

        await LetItReturnAsync(link);
        await link.FlushAsync(Until.Deadline());
        await Until.TrueAsync(() => after.Messages.LastOrDefault() == $"{Count - 1}");

        Assert.Equal(Enumerable.Range(0, Count).Select(i => $"{i}"), before.Messages.Concat(after.Messages).Distinct());
        Assert.Equal(after.Messages, after.Messages.Order(Comparer<string>.Create((a, b) => Number(a) - Number(b))));
        Assert.Equal((0, 0, 1), (link.Counters.Dropped, link.Counters.Waiting, link.Counters.Reconnects));
    }

    [Fact]
    public async Task The_link_returns_by_itself_again_and_again()
    {
        await using var broker = await Brokers.StartAsync(BrokerKind.Embedded);
        await using var link = await Links.StartAsync(Links.Options(broker.Endpoint), _bus, _log);
        var endpoint = broker.Endpoint;

        for (var round = 1; round <= 3; round++)
        {
            await broker.StopAsync(Until.Deadline());
            await Until.TrueAsync(() => !link.IsConnected);
            Assert.NotNull(link.LastError);
            await broker.StartAsync(Until.Deadline());
            await Until.TrueAsync(() => link.IsConnected);
            Assert.Equal(round, link.Counters.Reconnects);
            Assert.Null(link.LastError);
        }
        Assert.Equal(endpoint, broker.Endpoint);
        Assert.Equal(4, _log.Lines.Count(line => line.StartsWith("Information: Connected", StringComparison.Ordinal)));
    }

    [Theory]
    [InlineData(BrokerKind.Embedded)]
    [InlineData(BrokerKind.Mosquitto)]
    public async Task A_broken_wire_is_seen_by_others_as_the_last_will(BrokerKind kind)
    {
        await using var broker = await Brokers.StartAsync(kind);
        await using var relay = new Relay(broker.Endpoint.Port);
        await using var outside = await OutsideClient.SubscribeAsync(broker.EndpointOf("guest"), Samples.Topics.Presence, "%C %P %p");
        await using var link = await Links.StartAsync(Links.Options(broker.Endpoint with { Port = relay.Port }), _bus);
        await Until.TrueAsync(() => outside.Count == 1);

        relay.Cut();
        await Until.TrueAsync(() => outside.Count == 2);

        Assert.Contains("\"online\":true", outside.Messages[0]);
        Assert.Contains("\"online\":false", outside.Messages[1]);
        Assert.Contains("type:edgemas.presence", outside.Messages[1]);
        Assert.StartsWith("application/json ", outside.Messages[1]);
    }

    [Fact]
    public async Task The_queue_for_an_absent_broker_is_bounded_counted_and_delivered_in_order()
    {
        var broker = (EmbeddedBroker)await Brokers.StartAsync(BrokerKind.Embedded);
        await using var _ = broker;
        await broker.StopAsync(Until.Deadline());
        await using var link = new MqttLink(Links.Options(broker.Endpoint) with { QueueCapacity = 10 }, _bus, _time, _log);
        using var moment = new CancellationTokenSource(TimeSpan.FromMilliseconds(200), TimeProvider.System);
        await link.StartAsync(moment.Token);
        Assert.False(link.IsConnected);
        await Until.TrueAsync(() => link.LastError is not null); // the first attempt may take longer than the moment on a loaded machine
        Assert.Contains($"nobody listens at 127.0.0.1:{broker.Endpoint.Port}", link.LastError);

        for (var i = 0; i < 25; i++)
            _bus.Publish(Samples.Topics.MissionSteps("m1"), Samples.Text($"{i}"), Qos.AtLeastOnce);
        Assert.Equal((10, 15L), (link.Counters.Waiting, link.Counters.Dropped));
        await broker.StartAsync(Until.Deadline());
        await using var outside = await OutsideClient.SubscribeAsync(broker.EndpointOf("guest"), $"{Samples.Topics.Root}/missions/#", "%p");
        await LetItReturnAsync(link);
        await Until.TrueAsync(() => outside.Count == 10);

        Assert.Equal(Enumerable.Range(15, 10).Select(i => $"{i}"), outside.Messages);
        Assert.Single(_log.Warnings); // the same reason is told once
    }

    [Fact]
    public async Task A_broker_that_stands_still_does_not_hold_up_publishers_and_gets_everything_later()
    {
        await using var broker = (MosquittoBroker)await Brokers.StartAsync(BrokerKind.Mosquitto);
        await using var outside = await OutsideClient.SubscribeAsync(broker.EndpointOf("guest"), $"{Samples.Topics.Root}/missions/#", "%p");
        await using var link = await Links.StartAsync(Links.Options(broker.Endpoint) with { MaxInFlight = 20 }, _bus);

        await SignalAsync("STOP", broker.ProcessId!.Value);
        for (var i = 0; i < 2_000; i++)
            Assert.True(_bus.Publish(Samples.Topics.MissionSteps("m1"), Samples.Text($"{i}"), Qos.AtLeastOnce).ReachedAll);
        Assert.Equal(2_000, link.Counters.Waiting + link.Counters.Sent);
        await SignalAsync("CONT", broker.ProcessId!.Value);
        await link.FlushAsync(Until.Deadline());
        await Until.TrueAsync(() => outside.Count >= 2_000);

        Assert.Equal(Enumerable.Range(0, 2_000).Select(i => $"{i}"), outside.Messages.Distinct());
    }

    [Fact]
    public async Task A_broker_that_forgot_everything_gets_the_robots_states_again()
    {
        await using var broker = (MosquittoBroker)await Brokers.StartAsync(BrokerKind.Mosquitto);
        await using var link = await Links.StartAsync(Links.Options(broker.Endpoint), _bus);
        _bus.Publish(Samples.Topics.AgentState("motor"), Samples.Text("ready"), Qos.AtLeastOnce, retain: true);
        await link.FlushAsync(Until.Deadline());

        await KillAsync(broker);
        await Until.TrueAsync(() => link.Counters.Reconnects == 1 && link.IsConnected);
        await link.FlushAsync(Until.Deadline());
        await using var late = await OutsideClient.SubscribeAsync(broker.EndpointOf("guest"), $"{Samples.Topics.Root}/#", "%r %t %p");
        await Until.TrueAsync(() => late.Count == 2);

        Assert.Contains($"1 {Samples.Topics.AgentState("motor")} ready", late.Messages);
    }

    [Fact]
    public async Task What_arrives_for_the_robot_while_the_wire_is_broken_is_kept_by_the_broker_for_a_while()
    {
        await using var broker = await Brokers.StartAsync(BrokerKind.Mosquitto);
        await using var relay = new Relay(broker.Endpoint.Port);
        await using var link = new MqttLink(Links.Options(broker.Endpoint with { Port = relay.Port }), _bus, _time, NullLogger.Instance);
        await link.StartAsync(Until.Deadline());
        var seen = new Collector();
        _bus.Subscribe(Samples.Topics.Orders, seen);

        relay.Cut();
        await Until.TrueAsync(() => !link.IsConnected);
        await OutsideClient.PublishAsync(broker.EndpointOf("operator"), Samples.Topics.Orders, "-m", "while you were out");
        await using var mended = new Relay(broker.Endpoint.Port, relay.Port);
        await LetItReturnAsync(link);
        await Until.TrueAsync(() => seen.Count == 1);

        Assert.Equal("while you were out", seen.Deliveries[0].Message.Data);
    }

    private async Task PublishSlowlyAsync(int count)
    {
        for (var i = 0; i < count; i++)
        {
            _bus.Publish(Samples.Topics.MissionSteps("m1"), Samples.Text($"{i}"), Qos.AtLeastOnce);
            if (i % 10 == 0)
                await Task.Delay(TimeSpan.FromMilliseconds(2), TimeProvider.System);
        }
    }

    private Task LetItReturnAsync(MqttLink link) => Until.TrueAsync(() =>
    {
        _time.Advance(TimeSpan.FromMilliseconds(200));
        return link.IsConnected;
    });

    private static Task KillAsync(MosquittoBroker broker) => SignalAsync("KILL", broker.ProcessId!.Value);

    private static async Task SignalAsync(string signal, int process)
    {
        using var kill = Process.Start("kill", [$"-{signal}", $"{process}"]);
        await kill.WaitForExitAsync(Until.Deadline());
        Assert.Equal(0, kill.ExitCode);
    }

    private static int Number(string text) => int.Parse(text, System.Globalization.CultureInfo.InvariantCulture);
}
