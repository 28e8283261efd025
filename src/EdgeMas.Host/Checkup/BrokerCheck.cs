using EdgeMas.Host.Robot;
using EdgeMas.Mqtt.Link;
using MQTTnet;

namespace EdgeMas.Host.Checkup;

/// <summary>Logs in at the configured broker, as the robot would, under a client id of its own.</summary>
internal sealed class BrokerCheck : ICheck
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(5);

    public string Name => "broker";

    public bool IsNeeded(Patient patient) => patient.Needs(robot => robot.Broker.Url is not null);

    public async Task<IReadOnlyList<Finding>> LookAsync(Patient patient, CancellationToken cancellationToken)
    {
        if (patient.Configuration?.Broker is not { } broker)
            return [Finding.Ok(Name, "none configured")];
        if (broker.Url is null)
            return [Finding.Ok(Name, $"{broker.Kind}: the robot starts it")];
        var endpoint = BrokerSide.EndpointOf(broker);
        using var client = new MqttClientFactory().CreateMqttClient();
        if (await BrokerLogin.TryConnectAsync(client, endpoint, $"edgemas-doctor-{Environment.ProcessId}", Patience, cancellationToken) is { } problem)
            return [new Finding(Name, Verdict.Failed, $"{endpoint}: {problem}")];
        await client.DisconnectAsync(new MqttClientDisconnectOptions(), cancellationToken);
        return [Finding.Ok(Name, $"{endpoint} takes the login{(endpoint.UserName is { } user ? $" of {user}" : " without a user")}")];
    }
}
