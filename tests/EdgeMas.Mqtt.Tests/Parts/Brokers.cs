using EdgeMas.Core.Broker;
using EdgeMas.Mqtt.Access;
using EdgeMas.Mqtt.Addresses;
using EdgeMas.Mqtt.Embedded;
using EdgeMas.Mqtt.Mosquitto;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Abstractions;

namespace EdgeMas.Mqtt.Tests.Parts;

/// <summary>Both of our brokers behind one call, with a robot, an operator and a guest.</summary>
internal static class Brokers
{
    internal static readonly BrokerUser[] Users = [BrokerUser.Robot(Samples.Topics), BrokerUser.Operator(Samples.Topics), BrokerUser.Guest(Samples.Topics)];

    internal static async Task<IBroker> StartAsync(BrokerKind kind, ILogger? log = null)
    {
        var broker = Make(kind, log);
        await broker.StartAsync(Until.Deadline());
        return broker;
    }

    internal static IBroker Make(BrokerKind kind, ILogger? log = null)
    {
        if (kind == BrokerKind.Embedded)
            return new EmbeddedBroker(new EmbeddedBrokerOptions { Users = Users }, log ?? NullLogger.Instance);
        SharedFiles.RequireFile("/usr/sbin/mosquitto", "mosquitto");
        return new MosquittoBroker(new MosquittoOptions { Users = Users }, log ?? NullLogger.Instance);
    }

    internal static BrokerEndpoint EndpointOf(this IBroker broker, string user) => broker switch
    {
        EmbeddedBroker embedded => embedded.EndpointOf(user),
        MosquittoBroker mosquitto => mosquitto.EndpointOf(user),
        _ => throw new ArgumentException("no broker of ours", nameof(broker)),
    };
}
