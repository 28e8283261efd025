using EdgeMas.Core.Broker;
using EdgeMas.Core.Bus;
using EdgeMas.Mqtt.Link;
using Microsoft.Extensions.Logging.Abstractions;

namespace EdgeMas.Mqtt.Tests.Parts;

internal static class Links
{
    internal static readonly string[] Export = ["agents/+/inbox", "agents/+/state", "missions/#", "speech/#"];

    internal static readonly string[] Import = ["agents/coordinator/inbox", "estop", "speech/say"];

    internal static MqttLinkOptions Options(BrokerEndpoint endpoint) => new()
    {
        Endpoint = endpoint,
        Topics = Samples.Topics,
        ClientId = "rover",
        Export = Export,
        Import = Import,
        FirstBackoff = TimeSpan.FromMilliseconds(20),
        LongestBackoff = TimeSpan.FromMilliseconds(200),
        Seed = 1,
    };

    internal static async Task<MqttLink> StartAsync(MqttLinkOptions options, IBus bus, LinesLog? log = null)
    {
        var link = new MqttLink(options, bus, TimeProvider.System, log is null ? NullLogger.Instance : log);
        await link.StartAsync(Until.Deadline());
        Assert.True(link.IsConnected, link.LastError);
        return link;
    }
}
