using System.Text.Json;
using EdgeMas.Core.Broker;
using EdgeMas.Core.Bus;
using EdgeMas.Core.Topics;
using EdgeMas.Host.CommandLine;
using EdgeMas.Host.Configuration;
using EdgeMas.Mqtt.Access;
using EdgeMas.Mqtt.Addresses;
using EdgeMas.Mqtt.Embedded;
using EdgeMas.Mqtt.Link;
using EdgeMas.Mqtt.Mosquitto;
using Microsoft.Extensions.Logging;

namespace EdgeMas.Host.Robot;

/// <summary>The robot's way to the outside: a broker of its own or somebody else's, and the link between it and the bus.</summary>
internal sealed class BrokerSide : IAsyncDisposable
{
    private static readonly TimeSpan SettlePatience = TimeSpan.FromSeconds(3);

    private readonly string _file;

    private BrokerSide(IBroker? broker, MqttLink link, string file)
    {
        Broker = broker;
        Link = link;
        _file = file;
    }

    /// <summary>Null where the broker is somebody else's.</summary>
    public IBroker? Broker { get; }

    public MqttLink Link { get; }

    /// <summary>Starts the broker and the link, and writes down for <c>edgemas topic</c> and its like how to connect, readable by this user only.</summary>
    /// <exception cref="Mqtt.BrokerStartException">The broker cannot be started; the message says how to mend it.</exception>
    public static async Task<BrokerSide> StartAsync(
        RobotConfiguration configuration, RobotTopics topics, IBus bus, DataFolders folders, ILoggerFactory loggers, TimeSpan patience, CancellationToken cancellationToken)
    {
        var (broker, robot, person) = await StartBrokerAsync(configuration, topics, loggers, cancellationToken);
        WriteConnection(folders.BrokerFile, person, topics);
        var link = new MqttLink(LinkOptions(configuration, topics, robot), bus, TimeProvider.System, loggers.CreateLogger("mqtt"));
        var side = new BrokerSide(broker, link, folders.BrokerFile);
        using var limit = new CancellationTokenSource(patience, TimeProvider.System);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(limit.Token, cancellationToken);
        try
        {
            await link.StartAsync(either.Token);
        }
        catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested)
        {
            // a broker that is away does not keep the robot from working; the link goes on trying and its state is shown
        }
        return side;
    }

    /// <summary>Returns when what was published so far is with the broker, or after a moment; at once where no broker is there.</summary>
    public async Task SettleAsync()
    {
        if (Link.IsConnected)
            await Link.FlushAsync(CancellationToken.None).WaitAsync(SettlePatience, TimeProvider.System).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
    }

    public async ValueTask DisposeAsync()
    {
        await Link.DisposeAsync();
        if (Broker is not null)
            await Broker.DisposeAsync();
        File.Delete(_file);
    }

    private static async Task<(IBroker? Broker, BrokerEndpoint Robot, BrokerEndpoint Person)> StartBrokerAsync(
        RobotConfiguration configuration, RobotTopics topics, ILoggerFactory loggers, CancellationToken cancellationToken)
    {
        var wanted = configuration.Broker;
        BrokerUser[] users = [BrokerUser.Robot(topics), BrokerUser.Operator(topics), BrokerUser.Guest(topics)];
        switch (wanted.Kind)
        {
            case "embedded":
                var embedded = new EmbeddedBroker(new EmbeddedBrokerOptions { Users = users, Port = wanted.Port }, loggers.CreateLogger("broker"));
                await embedded.StartAsync(cancellationToken);
                return (embedded, embedded.Endpoint, embedded.EndpointOf(users[1].Name));
            case "mosquitto":
                var mosquitto = new MosquittoBroker(new MosquittoOptions { Users = users, Port = wanted.Port }, loggers.CreateLogger("broker"));
                await mosquitto.StartAsync(cancellationToken);
                return (mosquitto, mosquitto.Endpoint, mosquitto.EndpointOf(users[1].Name));
            default:
                try
                {
                    var endpoint = EndpointOf(wanted);
                    return (null, endpoint, endpoint);
                }
                catch (FormatException error)
                {
                    throw new UsageException($"edgemas: {error.Message}");
                }
        }
    }

    /// <param name="wanted">Somebody else's broker, named by URL.</param>
    /// <exception cref="FormatException">The URL or its password cannot be had; the message says how to mend it.</exception>
    public static BrokerEndpoint EndpointOf(BrokerConfiguration wanted)
    {
        // A user of the configuration is put into the URL's place afterwards: a password without a user is refused there.
        var endpoint = BrokerUrl.Parse(wanted.Url!.OriginalString, wanted.UserName is null ? wanted.PasswordVariable : null).Endpoint!;
        if (wanted.UserName is { } user)
            endpoint = endpoint with { UserName = user, Password = endpoint.Password ?? PasswordIn(wanted) };
        return wanted.CertificateAuthorityFile is { } authority ? endpoint with { CertificateAuthorityFile = authority } : endpoint;
    }

    private static string? PasswordIn(BrokerConfiguration wanted)
    {
        if (Environment.GetEnvironmentVariable(wanted.PasswordVariable ?? "EDGEMAS_BROKER_PASSWORD") is { } password)
            return password;
        return wanted.PasswordVariable is null
            ? null
            : throw new FormatException($"the environment variable {wanted.PasswordVariable} is not set: export {wanted.PasswordVariable}=PASSWORD before starting");
    }

    private static MqttLinkOptions LinkOptions(RobotConfiguration configuration, RobotTopics topics, BrokerEndpoint endpoint) => new()
    {
        Endpoint = endpoint,
        Topics = topics,
        ClientId = $"edgemas-{topics.Fleet}-{topics.Robot}",
        Export = configuration.Export,
        Import = configuration.Import,
        Version = typeof(BrokerSide).Assembly.GetName().Version?.ToString(3),
        QueueCapacity = configuration.Limits.OfflineQueue,
        MaxIncomingBytes = configuration.Limits.MessageBytes,
        LeastQos = Qos.AtLeastOnce,
    };

    private static void WriteConnection(string path, BrokerEndpoint endpoint, RobotTopics topics)
    {
        var connection = new BrokerConnection(endpoint.Host, endpoint.Port, endpoint.Tls, endpoint.UserName, endpoint.Password, endpoint.CertificateAuthorityFile, topics.Fleet, topics.Robot, Environment.ProcessId);
        File.Delete(path);
        var options = new FileStreamOptions { Mode = FileMode.CreateNew, Access = FileAccess.Write };
        if (!OperatingSystem.IsWindows())
            options.UnixCreateMode = UnixFileMode.UserRead | UnixFileMode.UserWrite;
        using var stream = new FileStream(path, options);
        JsonSerializer.Serialize(stream, connection, HostJson.Shared.BrokerConnection);
    }
}
