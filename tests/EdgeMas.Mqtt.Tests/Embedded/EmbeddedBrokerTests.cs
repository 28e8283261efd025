using System.Net;
using System.Net.Sockets;
using EdgeMas.Core.Bus;
using EdgeMas.Mqtt.Addresses;
using EdgeMas.Mqtt.Embedded;
using EdgeMas.Mqtt.Tests.Parts;
using Microsoft.Extensions.Logging.Abstractions;
using MQTTnet;

namespace EdgeMas.Mqtt.Tests.Embedded;

public sealed class EmbeddedBrokerTests
{
    private readonly LinesLog _log = new();

    [Fact]
    public async Task A_taken_port_is_named_with_the_mend()
    {
        using var other = new TcpListener(IPAddress.Loopback, 0);
        other.Start();
        var port = ((IPEndPoint)other.LocalEndpoint).Port;
        await using var broker = new EmbeddedBroker(new EmbeddedBrokerOptions { Users = Brokers.Users, Port = port }, NullLogger.Instance);

        var error = await Assert.ThrowsAsync<BrokerStartException>(() => broker.StartAsync(Until.Deadline()));

        Assert.Equal($"127.0.0.1:{port}", error.Address);
        Assert.Contains("the port is taken", error.Message);
        Assert.Contains("0 takes a free one", error.Mend);
        Assert.False(broker.IsRunning);
        other.Stop();
        await broker.StartAsync(Until.Deadline());
        Assert.Equal(port, broker.Endpoint.Port);
    }

    [Fact]
    public async Task Port_credentials_and_retained_messages_outlive_a_stop()
    {
        await using var broker = (EmbeddedBroker)await Brokers.StartAsync(BrokerKind.Embedded);
        var endpoint = broker.Endpoint;
        await OutsideClient.PublishAsync(endpoint, Samples.Topics.Health, "-r", "-m", "well");

        await broker.StopAsync(Until.Deadline());
        Assert.False(broker.IsRunning);
        Assert.Equal(endpoint, broker.Endpoint);
        await broker.StartAsync(Until.Deadline());

        Assert.Equal(endpoint, broker.Endpoint);
        await using var outside = await OutsideClient.SubscribeAsync(endpoint, Samples.Topics.Health, "%r %p");
        await Until.TrueAsync(() => outside.Count == 1);
        Assert.Equal("1 well", outside.Messages[0]);
    }

    [Theory]
    [InlineData("mqttv311")]
    [InlineData("mqttv5")]
    public async Task A_client_without_an_id_gets_one(string version)
    {
        await using var broker = await Brokers.StartAsync(BrokerKind.Embedded);
        await using var outside = await OutsideClient.SubscribeAsync(broker.Endpoint, Samples.Topics.Health, "%p");

        var first = await OutsideClient.PublishAsync(broker.Endpoint, Samples.Topics.Health, "-V", version, "-m", "one");
        var second = await OutsideClient.PublishAsync(broker.Endpoint, Samples.Topics.Health, "-V", version, "-m", "two");

        Assert.Equal((0, 0), (first.Code, second.Code));
        await Until.TrueAsync(() => outside.Count == 2);
    }

    [Fact]
    public async Task It_listens_on_loopback_only()
    {
        await using var broker = await Brokers.StartAsync(BrokerKind.Embedded);

        var listeners = System.Net.NetworkInformation.IPGlobalProperties.GetIPGlobalProperties().GetActiveTcpListeners();

        Assert.Equal(IPAddress.Loopback, Assert.Single(listeners, listener => listener.Port == broker.Endpoint.Port).Address);
    }

    [Fact]
    public async Task What_a_full_queue_drops_is_counted_and_logged()
    {
        await using var broker = new EmbeddedBroker(new EmbeddedBrokerOptions { Users = Brokers.Users, MaxPendingPerClient = 10 }, _log);
        await broker.StartAsync(Until.Deadline());
        await OutsideClient.LeaveSubscriptionAsync(broker.EndpointOf("guest"), "sleeper", Samples.Topics.Health);

        await OutsideClient.PublishAsync(broker.Endpoint, Samples.Topics.Health, "-m", "well", "--repeat", "30");

        Assert.Equal((30L, 10L, 20L), (broker.Counters.Received, broker.Counters.Delivered, broker.Counters.Dropped));
        Assert.Contains(_log.Warnings, line => line.Contains("the queue of subscriber sleeper is full", StringComparison.Ordinal));
    }

    [Fact]
    public async Task Bytes_that_wait_for_a_sleeping_subscriber_are_bounded()
    {
        await using var broker = new EmbeddedBroker(new EmbeddedBrokerOptions { Users = Brokers.Users, MaxPendingBytesPerClient = 100_000 }, _log);
        await broker.StartAsync(Until.Deadline());
        await OutsideClient.LeaveSubscriptionAsync(broker.EndpointOf("guest"), "sleeper", Samples.Topics.Health);

        await OutsideClient.PublishAsync(broker.Endpoint, Samples.Topics.Health, "-m", new string('x', 30_000), "--repeat", "10");

        Assert.Equal((10L, 3L, 7L), (broker.Counters.Received, broker.Counters.Delivered, broker.Counters.Dropped));
    }

    [Fact]
    public async Task A_subscriber_that_never_acknowledges_loses_its_session()
    {
        await using var broker = new EmbeddedBroker(new EmbeddedBrokerOptions { Users = Brokers.Users, MaxUnacknowledgedPerClient = 50 }, _log);
        await broker.StartAsync(Until.Deadline());
        using var deaf = new MqttClientFactory().CreateMqttClient();
        var received = 0;
        deaf.ApplicationMessageReceivedAsync += message =>
        {
            message.AutoAcknowledge = false;
            Interlocked.Increment(ref received);
            return Task.CompletedTask;
        };
        var guest = broker.EndpointOf("guest");
        await deaf.ConnectAsync(
            new MqttClientOptionsBuilder().WithProtocolVersion(MQTTnet.Formatter.MqttProtocolVersion.V500).WithTcpServer(guest.Host, guest.Port)
                .WithCredentials(guest.UserName!, guest.Password!).WithClientId("deaf").WithSessionExpiryInterval(3_600).Build(),
            Until.Deadline());
        await deaf.SubscribeAsync(Samples.Topics.Health, MQTTnet.Protocol.MqttQualityOfServiceLevel.AtLeastOnce, Until.Deadline());

        await OutsideClient.PublishAsync(broker.Endpoint, Samples.Topics.Health, "-m", "well", "--repeat", "200");
        await Until.TrueAsync(() => !deaf.IsConnected);

        Assert.InRange(received, 0, 50); // what the client had not read yet is lost with the connection
        await Until.TrueAsync(() => _log.Warnings.Any(line => line.Contains("Session of deaf ended", StringComparison.Ordinal)));
    }

    [Fact]
    public async Task Connections_are_bounded_and_a_freed_place_can_be_taken()
    {
        await using var broker = new EmbeddedBroker(new EmbeddedBrokerOptions { Users = Brokers.Users, MaxConnections = 2 }, _log);
        await broker.StartAsync(Until.Deadline());
        var first = await OutsideClient.SubscribeAsync(broker.Endpoint, Samples.Topics.Health);
        await using var second = await OutsideClient.SubscribeAsync(broker.Endpoint, Samples.Topics.Health);

        Assert.NotEqual(0, (await OutsideClient.PublishAsync(broker.Endpoint, Samples.Topics.Health, "-m", "x")).Code);
        Assert.Equal(1, broker.Counters.RefusedConnections);
        await first.DisposeAsync();
        await Until.TrueAsync(() => broker.Counters.Connections == 1);
        Assert.Equal(0, (await OutsideClient.PublishAsync(broker.Endpoint, Samples.Topics.Health, "-m", "x")).Code);
    }

    [Fact]
    public async Task Retained_topics_are_bounded()
    {
        await using var broker = new EmbeddedBroker(new EmbeddedBrokerOptions { Users = Brokers.Users, MaxRetainedTopics = 1 }, _log);
        await broker.StartAsync(Until.Deadline());

        Assert.DoesNotContain("failed", (await OutsideClient.PublishAsync(broker.Endpoint, Samples.Topics.Health, "-r", "-m", "1")).Said);
        Assert.Contains("Quota exceeded", (await OutsideClient.PublishAsync(broker.Endpoint, Samples.Topics.Log, "-r", "-m", "2")).Said);
        Assert.DoesNotContain("failed", (await OutsideClient.PublishAsync(broker.Endpoint, Samples.Topics.Health, "-r", "-m", "3")).Said);
        await OutsideClient.PublishAsync(broker.Endpoint, Samples.Topics.Health, "-r", "-n");
        Assert.DoesNotContain("failed", (await OutsideClient.PublishAsync(broker.Endpoint, Samples.Topics.Log, "-r", "-m", "4")).Said);
    }

    [Fact]
    public async Task Sessions_are_bounded_and_expired_ones_make_room()
    {
        await using var broker = new EmbeddedBroker(new EmbeddedBrokerOptions { Users = Brokers.Users, MaxSessions = 2 }, _log);
        await broker.StartAsync(Until.Deadline());
        await OutsideClient.LeaveSubscriptionAsync(broker.EndpointOf("guest"), "long", Samples.Topics.Health, expirySeconds: 3_600);
        await OutsideClient.LeaveSubscriptionAsync(broker.EndpointOf("guest"), "short", Samples.Topics.Health, expirySeconds: 1);

        Assert.NotEqual(0, (await OutsideClient.PublishAsync(broker.Endpoint, Samples.Topics.Health, "-m", "x")).Code);
        await Task.Delay(TimeSpan.FromSeconds(1.1), TimeProvider.System, TestContext.Current.CancellationToken);
        Assert.Equal(0, (await OutsideClient.PublishAsync(broker.Endpoint, Samples.Topics.Health, "-m", "x")).Code);
    }

    [Fact]
    public async Task Bytes_that_are_no_mqtt_end_their_own_connection_only()
    {
        await using var broker = await Brokers.StartAsync(BrokerKind.Embedded);
        await using var outside = await OutsideClient.SubscribeAsync(broker.Endpoint, Samples.Topics.Health, "%p");
        var random = new Random(5);

        for (var i = 0; i < 30; i++)
        {
            using var socket = new TcpClient();
            await socket.ConnectAsync(IPAddress.Loopback, broker.Endpoint.Port, Until.Deadline());
            var garbage = new byte[random.Next(1, 2_000)];
            random.NextBytes(garbage);
            await socket.GetStream().WriteAsync(garbage, Until.Deadline());
        }
        await OutsideClient.PublishAsync(broker.Endpoint, Samples.Topics.Health, "-m", "still here");
        await Until.TrueAsync(() => outside.Count == 1);

        Assert.Equal("still here", outside.Messages[0]);
    }

    [Fact]
    public async Task A_packet_that_announces_ten_megabytes_ends_its_connection_before_it_is_read()
    {
        await using var broker = (EmbeddedBroker)await Brokers.StartAsync(BrokerKind.Embedded);
        using var socket = new TcpClient();
        await socket.ConnectAsync(IPAddress.Loopback, broker.Endpoint.Port, Until.Deadline());

        await socket.GetStream().WriteAsync(new byte[] { 0x10, 0x80, 0xAD, 0xE2, 0x04 }, Until.Deadline()); // CONNECT of 10,000,000 bytes

        Assert.Equal(0, await socket.GetStream().ReadAsync(new byte[10], Until.Deadline()));
        Assert.Equal(1, broker.Counters.RefusedPackets);
    }

    [Fact]
    public async Task A_connection_that_does_not_log_in_is_closed()
    {
        await using var broker = new EmbeddedBroker(new EmbeddedBrokerOptions { Users = Brokers.Users, LoginTimeout = TimeSpan.FromMilliseconds(200) }, _log);
        await broker.StartAsync(Until.Deadline());
        using var socket = new TcpClient();
        await socket.ConnectAsync(IPAddress.Loopback, broker.Endpoint.Port, Until.Deadline());

        Assert.Equal(0, await socket.GetStream().ReadAsync(new byte[10], Until.Deadline()));
    }

    [Fact]
    public async Task Without_users_and_with_an_unknown_one_it_says_so()
    {
        Assert.Throws<ArgumentException>(() => new EmbeddedBroker(new EmbeddedBrokerOptions { Users = [] }, NullLogger.Instance));
        await using var broker = new EmbeddedBroker(new EmbeddedBrokerOptions { Users = Brokers.Users }, NullLogger.Instance);
        Assert.Throws<ArgumentException>(() => broker.EndpointOf("stranger"));
    }

    [Fact]
    public async Task Stopping_lets_acknowledged_messages_reach_their_subscribers()
    {
        const int Count = 500;
        var bus = new InProcessBus(TimeProvider.System);
        await using var broker = await Brokers.StartAsync(BrokerKind.Embedded);
        await using var outside = await OutsideClient.SubscribeAsync(broker.EndpointOf("guest"), $"{Samples.Topics.Root}/missions/#", "%p");
        await using var link = await Links.StartAsync(Links.Options(broker.Endpoint), bus);

        for (var i = 0; i < Count; i++)
            bus.Publish(Samples.Topics.MissionSteps("m"), Samples.Text($"{i}"), Qos.AtLeastOnce);
        await link.FlushAsync(Until.Deadline());
        await broker.StopAsync(Until.Deadline());
        await Until.TrueAsync(() => outside.Count == Count);

        Assert.Equal(Enumerable.Range(0, Count).Select(i => $"{i}"), outside.Messages);
    }
}
