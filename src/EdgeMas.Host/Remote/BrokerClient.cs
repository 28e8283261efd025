using System.Buffers;
using System.Runtime.CompilerServices;
using System.Text;
using System.Threading.Channels;
using EdgeMas.Core.Broker;
using EdgeMas.Core.Topics;
using EdgeMas.Host.CommandLine;
using EdgeMas.Host.Robot;
using EdgeMas.Mqtt.Addresses;
using EdgeMas.Mqtt.Link;
using MQTTnet;
using MQTTnet.Protocol;

namespace EdgeMas.Host.Remote;

/// <summary>A visitor at a robot's broker: what <c>edgemas topic</c> and <c>edgemas agent</c> look and speak through. One command's use.</summary>
internal sealed class BrokerClient : IAsyncDisposable
{
    private const int Waiting = 10_000;
    private static readonly TimeSpan ConnectLimit = TimeSpan.FromSeconds(5);

    private readonly IMqttClient _client;
    private readonly Channel<RemoteMessage> _received = Channel.CreateBounded<RemoteMessage>(new BoundedChannelOptions(Waiting) { FullMode = BoundedChannelFullMode.DropOldest });

    private BrokerClient(IMqttClient client, string? root)
    {
        _client = client;
        Root = root;
    }

    /// <summary>The robot's topic root; null at a broker that was named by URL alone.</summary>
    public string? Root { get; }

    /// <param name="dataDirectory">Of a robot that runs on this computer.</param>
    /// <param name="url">Of any broker, with credentials where it needs them; null for the running robot's.</param>
    /// <exception cref="FailureException">No robot runs there, or the broker refuses.</exception>
    public static async Task<BrokerClient> ConnectAsync(string dataDirectory, string? url, CancellationToken cancellationToken)
    {
        var connection = url is null ? Local(dataDirectory) : Named(url);
        var client = new MqttClientFactory().CreateMqttClient();
        var root = connection.Fleet.Length == 0 ? null : new RobotTopics(connection.Fleet, connection.Robot).Root;
        var visitor = new BrokerClient(client, root);
        client.ApplicationMessageReceivedAsync += visitor.TakeAsync;
        client.DisconnectedAsync += _ =>
        {
            visitor._received.Writer.TryComplete();
            return Task.CompletedTask;
        };
        var endpoint = new BrokerEndpoint(connection.Host, connection.Port, connection.Tls, connection.UserName, connection.Password, connection.CertificateAuthorityFile);
        if (await BrokerLogin.TryConnectAsync(client, endpoint, $"edgemas-cli-{Environment.ProcessId}", ConnectLimit, cancellationToken) is { } problem)
        {
            client.Dispose();
            throw new FailureException($"the broker at {endpoint} does not let this in: {problem}");
        }
        return visitor;
    }

    /// <summary>A topic or filter as a person writes it: below the robot's root unless it begins with <c>edgemas/</c>, a slash, or there is no root.</summary>
    public string Absolute(string topic) => Root is null || topic.StartsWith("edgemas/", StringComparison.Ordinal) ? topic : topic.StartsWith('/') ? topic[1..] : $"{Root}/{topic}";

    public async Task SubscribeAsync(string filter, CancellationToken cancellationToken)
    {
        var result = await _client.SubscribeAsync(new MqttTopicFilterBuilder().WithTopic(filter).WithQualityOfServiceLevel(MqttQualityOfServiceLevel.AtLeastOnce).Build(), cancellationToken);
        if (result.Items.FirstOrDefault() is { } item && item.ResultCode > MqttClientSubscribeResultCode.GrantedQoS2)
            throw new FailureException($"the broker does not allow '{filter}' ({item.ResultCode}): 'edgemas topic list' shows what there is");
    }

    public async Task PublishAsync(string topic, string text, bool retain, CancellationToken cancellationToken)
    {
        var message = new MqttApplicationMessageBuilder()
            .WithTopic(topic).WithPayload(text).WithRetainFlag(retain).WithQualityOfServiceLevel(MqttQualityOfServiceLevel.AtLeastOnce)
            .WithContentType(text.StartsWith('{') ? "application/json" : "text/plain").Build();
        var result = await _client.PublishAsync(message, cancellationToken);
        if (!result.IsSuccess)
            throw new FailureException($"the broker does not take a message on '{topic}' ({result.ReasonCode}): orders go to agents/coordinator/inbox, a stop to estop");
    }

    /// <summary>Ends when the connection does.</summary>
    public async IAsyncEnumerable<RemoteMessage> ReadAllAsync([EnumeratorCancellation] CancellationToken cancellationToken)
    {
        await foreach (var message in _received.Reader.ReadAllAsync(cancellationToken))
            yield return message;
    }

    public async ValueTask DisposeAsync()
    {
        if (_client.IsConnected)
            await _client.DisconnectAsync();
        _client.Dispose();
    }

    private Task TakeAsync(MqttApplicationMessageReceivedEventArgs received)
    {
        var message = received.ApplicationMessage;
        var attributes = (message.UserProperties ?? []).DistinctBy(property => property.Name).ToDictionary(property => property.Name, property => Encoding.UTF8.GetString(property.ValueBuffer.Span), StringComparer.Ordinal);
        _received.Writer.TryWrite(new RemoteMessage(message.Topic, attributes, Encoding.UTF8.GetString(message.Payload.ToArray()), message.Retain));
        return Task.CompletedTask;
    }

    private static BrokerConnection Local(string dataDirectory) =>
        BrokerConnection.Find(dataDirectory)
        ?? throw new FailureException($"no robot runs on the data folder {dataDirectory}: start one with 'edgemas run', or name its folder with --data, or a broker with --broker");

    private static BrokerConnection Named(string url)
    {
        try
        {
            var endpoint = BrokerUrl.Parse(url).Endpoint ?? throw new FormatException($"'{url}' is not a broker's URL: write mqtt://user@host:1883");
            return new BrokerConnection(endpoint.Host, endpoint.Port, endpoint.Tls, endpoint.UserName, endpoint.Password, endpoint.CertificateAuthorityFile, "", "", 0);
        }
        catch (FormatException error)
        {
            throw new UsageException($"edgemas: {error.Message}");
        }
    }
}
