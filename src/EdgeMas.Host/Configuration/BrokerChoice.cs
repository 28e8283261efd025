using System.Diagnostics.CodeAnalysis;

namespace EdgeMas.Host.Configuration;

/// <summary>The words that name a broker, in the file and on the command line.</summary>
internal static class BrokerChoice
{
    /// <param name="kind">embedded, mosquitto or url.</param>
    public static bool TryParse(string text, [NotNullWhen(true)] out string? kind, out Uri? url)
    {
        url = null;
        kind = text is "embedded" or "mosquitto" ? text : null;
        if (kind is null && Uri.TryCreate(text, UriKind.Absolute, out var parsed) && parsed is { Scheme: "mqtt" or "mqtts", Host.Length: > 0 })
            (kind, url) = ("url", parsed);
        return kind is not null;
    }
}
