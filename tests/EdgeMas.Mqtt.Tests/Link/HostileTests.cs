using System.Net.Sockets;
using EdgeMas.Core.Bus;
using EdgeMas.Core.Messages;
using EdgeMas.Mqtt.Addresses;
using EdgeMas.Mqtt.Embedded;
using EdgeMas.Mqtt.Link;
using EdgeMas.Mqtt.Mosquitto;
using EdgeMas.Mqtt.Tests.Parts;
using Microsoft.Extensions.Logging.Abstractions;

namespace EdgeMas.Mqtt.Tests.Link;

public sealed class HostileTests : IDisposable
{
    private readonly InProcessBus _bus = new(TimeProvider.System);
    private readonly LinesLog _log = new();
    private readonly string _file = Path.GetTempFileName();

    public void Dispose() => File.Delete(_file);

    [Theory]
    [InlineData(BrokerKind.Embedded)]
    [InlineData(BrokerKind.Mosquitto)]
    public async Task A_wrong_password_is_named_as_such_once_and_tried_again(BrokerKind kind)
    {
        await using var broker = await Brokers.StartAsync(kind);
        await using var link = new MqttLink(Links.Options(broker.Endpoint with { Password = "guessed" }), _bus, TimeProvider.System, _log);
        using var moment = new CancellationTokenSource(TimeSpan.FromMilliseconds(400), TimeProvider.System);

        await link.StartAsync(moment.Token);

        Assert.False(link.IsConnected);
        Assert.Contains("refuses user 'robot': wrong user name or password", link.LastError);
        Assert.Contains("wrong user name or password", Assert.Single(_log.Warnings));
        Assert.DoesNotContain("guessed", string.Join('\n', _log.Lines));
    }

    [Theory]
    [InlineData(BrokerKind.Embedded)]
    [InlineData(BrokerKind.Mosquitto)]
    public async Task A_client_without_a_name_is_not_let_in(BrokerKind kind)
    {
        await using var broker = await Brokers.StartAsync(kind);

        var (code, said) = await OutsideClient.PublishAsync(broker.Endpoint with { UserName = null, Password = null }, Samples.Topics.Orders, "-m", "go");

        Assert.NotEqual(0, code);
        Assert.Contains("Not authorized", said, StringComparison.OrdinalIgnoreCase);
    }

    [Theory]
    [InlineData(BrokerKind.Embedded)]
    [InlineData(BrokerKind.Mosquitto)]
    public async Task The_access_list_keeps_everyone_to_their_own_topics(BrokerKind kind)
    {
        await using var broker = await Brokers.StartAsync(kind);
        await using var robot = await OutsideClient.SubscribeAsync(broker.Endpoint, $"{Samples.Topics.Root}/#", "%p");
        await using var link = await Links.StartAsync(Links.Options(broker.Endpoint) with { Export = ["edgemas/v1/yard/other/news"], ClientId = "rover-2" }, _bus, _log);
        await Until.TrueAsync(() => robot.Count == 1); // its presence

        foreach (var (user, topic) in new[] { ("guest", Samples.Topics.Orders), ("guest", Samples.Topics.EStop), ("operator", Samples.Topics.Presence), ("operator", "edgemas/v1/yard/other/agents/x/inbox") })
            Assert.Contains("Not authorized", (await OutsideClient.PublishAsync(broker.EndpointOf(user), topic, "-m", "forged")).Said, StringComparison.OrdinalIgnoreCase);
        _bus.Publish("edgemas/v1/yard/other/news", Samples.Text("forged"), Qos.AtLeastOnce);
        await link.FlushAsync(Until.Deadline());
        await OutsideClient.PublishAsync(broker.EndpointOf("operator"), Samples.Topics.Orders, "-m", "allowed");
        await Until.TrueAsync(() => robot.Count == 2);

        Assert.Equal("allowed", robot.Messages[1]);
        Assert.Equal((0L, 1L), (link.Counters.Sent, link.Counters.Dropped));
        Assert.Contains("NotAuthorized", link.LastError);
        Assert.True(link.IsConnected);
    }

    [Fact]
    public async Task A_subscription_to_everything_is_refused_by_the_embedded_broker()
    {
        await using var broker = (EmbeddedBroker)await Brokers.StartAsync(BrokerKind.Embedded);

        await using var link = await Links.StartAsync(Links.Options(broker.EndpointOf("guest")) with { Import = ["/#"], ImportFromElsewhere = true }, _bus, _log);

        Assert.Contains(_log.Warnings, line => line.Contains("refuses the subscription to #", StringComparison.Ordinal));
    }

    [Theory]
    [InlineData(BrokerKind.Embedded)]
    [InlineData(BrokerKind.Mosquitto)]
    public async Task Ten_megabytes_are_refused_and_harm_nobody(BrokerKind kind)
    {
        await using var broker = await Brokers.StartAsync(kind);
        await using var link = await Links.StartAsync(Links.Options(broker.Endpoint), _bus, _log);
        var seen = Collect(Samples.Topics.Orders);
        await File.WriteAllBytesAsync(_file, new byte[10_000_000], TestContext.Current.CancellationToken);

        await OutsideClient.PublishAsync(broker.EndpointOf("operator"), Samples.Topics.Orders, "-f", _file);
        await OutsideClient.PublishAsync(broker.EndpointOf("operator"), Samples.Topics.Orders, "-m", "and now?");
        await Until.TrueAsync(() => seen.Count == 1);

        Assert.Equal("and now?", seen.Deliveries[0].Message.Data);
        Assert.Equal(0, link.Counters.Reconnects);
        if (broker is EmbeddedBroker embedded)
            Assert.Equal(0, embedded.Counters.Dropped);
    }

    [Fact]
    public async Task What_is_larger_than_the_link_takes_is_refused_there_and_the_connection_stands()
    {
        await using var broker = await Brokers.StartAsync(BrokerKind.Embedded);
        await using var link = await Links.StartAsync(Links.Options(broker.Endpoint) with { MaxIncomingBytes = 1_000 }, _bus, _log);
        var seen = Collect(Samples.Topics.Orders);
        await File.WriteAllTextAsync(_file, new string('a', 500_000), TestContext.Current.CancellationToken);

        await OutsideClient.PublishAsync(broker.EndpointOf("operator"), Samples.Topics.Orders, "-f", _file);
        await OutsideClient.PublishAsync(broker.EndpointOf("operator"), Samples.Topics.Orders, "-m", "short");
        await Until.TrueAsync(() => seen.Count == 1);

        Assert.Equal("short", seen.Deliveries[0].Message.Data);
        Assert.Equal((1L, 0), (link.Counters.Refused, link.Counters.Reconnects));
    }

    [Fact]
    public async Task Garbage_is_refused_but_stops_the_robot_on_the_topic_that_does()
    {
        await using var broker = await Brokers.StartAsync(BrokerKind.Embedded);
        await using var link = await Links.StartAsync(Links.Options(broker.Endpoint), _bus, _log);
        var orders = Collect(Samples.Topics.Orders);
        var stops = Collect(Samples.Topics.EStop);
        var garbage = new byte[400];
        new Random(3).NextBytes(garbage);
        await File.WriteAllBytesAsync(_file, garbage, TestContext.Current.CancellationToken);
        var user = broker.EndpointOf("operator");

        await OutsideClient.PublishAsync(user, Samples.Topics.Orders, "-f", _file);
        await OutsideClient.PublishAsync(user, Samples.Topics.Orders, "-D", "publish", "content-type", "application/json", "-f", _file);
        await OutsideClient.PublishAsync(user, Samples.Topics.Orders, "-D", "publish", "content-type", "application/cloudevents+json", "-m", "{}");
        await OutsideClient.PublishAsync(user, Samples.Topics.Orders, "-D", "publish", "user-property", "specversion", "1.0", "-m", "{}");
        await OutsideClient.PublishAsync(user, Samples.Topics.EStop, "-f", _file);
        await Until.TrueAsync(() => stops.Count == 1);

        Assert.Equal(0, orders.Count);
        Assert.Equal(4, link.Counters.Refused);
        Assert.Equal(Taint.Network, stops.Deliveries[0].Message.Taint);
        Assert.True(link.IsConnected);
    }

    [Fact]
    public async Task A_flood_is_cut_to_the_rate_but_never_the_stop()
    {
        await using var broker = await Brokers.StartAsync(BrokerKind.Embedded);
        await using var link = await Links.StartAsync(Links.Options(broker.Endpoint) with { IncomingBurst = 5, IncomingPerSecond = 0.001 }, _bus, _log);
        var orders = Collect(Samples.Topics.Orders);
        var stops = Collect(Samples.Topics.EStop);

        await OutsideClient.PublishAsync(broker.EndpointOf("operator"), Samples.Topics.Orders, "-m", "go", "--repeat", "50");
        await OutsideClient.PublishAsync(broker.EndpointOf("operator"), Samples.Topics.EStop, "-m", "stop");
        await Until.TrueAsync(() => stops.Count == 1);

        Assert.Equal(5, orders.Count);
        Assert.Equal((45L, 6L), (link.Counters.Refused, link.Counters.Received));
        Assert.InRange(_log.Warnings.Count, 1, 7); // not one line for each
    }

    [Fact]
    public async Task The_same_event_twice_is_delivered_once()
    {
        await using var broker = await Brokers.StartAsync(BrokerKind.Embedded);
        await using var link = await Links.StartAsync(Links.Options(broker.Endpoint), _bus);
        var orders = Collect(Samples.Topics.Orders);
        string[] Event(string id) => ["-D", "publish", "content-type", "application/cloudevents+json", "-m",
            $$$"""{"specversion":"1.0","id":"{{{id}}}","source":"/phone","type":"edgemas.order.request","time":"2026-03-01T12:00:00Z","data":{"text":"go","source":"phone"}}"""];

        foreach (var id in new[] { "1", "1", "2" })
            await OutsideClient.PublishAsync(broker.EndpointOf("operator"), Samples.Topics.Orders, Event(id));
        await Until.TrueAsync(() => orders.Count == 2);

        Assert.Equal(["1", "2"], orders.Deliveries.Select(delivery => delivery.Message.Id));
    }

    [Fact]
    public async Task Another_user_cannot_take_the_robots_client_id()
    {
        await using var broker = await Brokers.StartAsync(BrokerKind.Embedded);
        await using var link = await Links.StartAsync(Links.Options(broker.Endpoint), _bus);

        var (code, _) = await OutsideClient.PublishAsync(broker.EndpointOf("operator"), Samples.Topics.Orders, "-i", "rover", "-m", "go");

        Assert.NotEqual(0, code);
        Assert.True(link.IsConnected);
        Assert.Equal(0, link.Counters.Reconnects);
    }

    [Theory]
    [InlineData(BrokerKind.Embedded)]
    [InlineData(BrokerKind.Mosquitto)]
    public async Task Over_tls_the_brokers_certificate_is_checked_against_the_given_authority(BrokerKind kind)
    {
        using var certificates = new Certificates();
        using var others = new Certificates();
        SharedFiles.RequireFile("/usr/sbin/mosquitto", "mosquitto");
        await using var broker = kind == BrokerKind.Embedded
            ? (Core.Broker.IBroker)new EmbeddedBroker(
                new EmbeddedBrokerOptions { Users = Brokers.Users, Certificate = certificates.Server, CertificateAuthorityFile = certificates.AuthorityFile }, NullLogger.Instance)
            : new MosquittoBroker(
                new MosquittoOptions
                {
                    Users = Brokers.Users,
                    CertificateFile = certificates.CertificateFile,
                    KeyFile = certificates.KeyFile,
                    CertificateAuthorityFile = certificates.AuthorityFile,
                },
                NullLogger.Instance);
        await broker.StartAsync(Until.Deadline());
        Assert.StartsWith("mqtts://", broker.Endpoint.ToString());
        await using var link = await Links.StartAsync(Links.Options(broker.Endpoint), _bus);
        var orders = Collect(Samples.Topics.Orders);

        await OutsideClient.PublishAsync(broker.EndpointOf("operator"), Samples.Topics.Orders, "-m", "securely");
        await Until.TrueAsync(() => orders.Count == 1);

        Assert.Contains("TLS: ", await WhyNotAsync(broker.Endpoint with { CertificateAuthorityFile = others.AuthorityFile }));
        Assert.Contains("?ca=FILE", await WhyNotAsync(broker.Endpoint with { CertificateAuthorityFile = null }));
        Assert.Contains("ca.pem is missing", await WhyNotAsync(broker.Endpoint with { CertificateAuthorityFile = "/nowhere/ca.pem" }));
        Assert.Contains("without TLS", await WhyNotAsync(broker.Endpoint with { Tls = false }));
        Assert.True(link.IsConnected);
    }

    [Fact]
    public async Task Something_that_is_no_broker_at_all_is_told_as_such()
    {
        using var silent = new TcpListener(System.Net.IPAddress.Loopback, 0);
        silent.Start();
        var port = ((System.Net.IPEndPoint)silent.LocalEndpoint).Port;

        Assert.Contains("no answer from 127.0.0.1", await WhyNotAsync(new("127.0.0.1", port), TimeSpan.FromMilliseconds(300)));
        Assert.Contains("is not known", await WhyNotAsync(new("no-such-host.invalid", 1883)));
    }

    private async Task<string> WhyNotAsync(Core.Broker.BrokerEndpoint endpoint, TimeSpan? timeout = null)
    {
        var options = Links.Options(endpoint) with { ClientId = "other", ConnectTimeout = timeout ?? TimeSpan.FromSeconds(5) };
        await using var link = new MqttLink(options, _bus, TimeProvider.System, NullLogger.Instance);
        using var stop = new CancellationTokenSource();
        var starting = link.StartAsync(stop.Token);
        await Until.TrueAsync(() => link.LastError is not null || link.IsConnected);
        await stop.CancelAsync();
        await starting;
        return link.LastError ?? "connected";
    }

    private Collector Collect(string filter)
    {
        var collector = new Collector();
        _bus.Subscribe(filter, collector);
        return collector;
    }
}
