using System.Net;
using EdgeMas.Core.Broker;

namespace EdgeMas.Mqtt.Addresses;

/// <summary>
/// The <c>broker</c> of a configuration: <c>embedded</c>, <c>mosquitto</c>, or <c>mqtt(s)://[user[:password]@]host[:port][?ca=FILE&amp;passwordEnv=NAME]</c>.
/// </summary>
/// <param name="Endpoint">Of a <see cref="BrokerKind.Remote"/> broker; null for the two that this process runs.</param>
public sealed record BrokerUrl(BrokerKind Kind, BrokerEndpoint? Endpoint)
{
    /// <summary>MQTT's registered port.</summary>
    public const int PlainPort = 1883;

    /// <summary>MQTT's registered port with TLS.</summary>
    public const int TlsPort = 8883;

    private const string Forms = "embedded, mosquitto, mqtt://[user[:password]@]host[:port] or mqtts://host[:port][?ca=FILE]";

    /// <summary>A password would cross a network readable by all: without TLS, to another machine.</summary>
    public bool SendsPasswordInClear =>
        Endpoint is { Tls: false, Password: not null } far && !(far.Host is "localhost" || (IPAddress.TryParse(far.Host, out var address) && IPAddress.IsLoopback(address)));

    /// <param name="passwordEnv">Name of the environment variable that holds the password; one in the URL's query wins.</param>
    /// <param name="environment">Looks an environment variable up; null for the process's own.</param>
    /// <exception cref="FormatException">Says what is wrong and how to mend it; it never quotes a password.</exception>
    public static BrokerUrl Parse(string text, string? passwordEnv = null, Func<string, string?>? environment = null)
    {
        ArgumentNullException.ThrowIfNull(text);
        var trimmed = text.Trim();
        if (trimmed.Equals("embedded", StringComparison.OrdinalIgnoreCase))
            return new BrokerUrl(BrokerKind.Embedded, null);
        if (trimmed.Equals("mosquitto", StringComparison.OrdinalIgnoreCase))
            return new BrokerUrl(BrokerKind.Mosquitto, null);
        if (!Uri.TryCreate(trimmed, UriKind.Absolute, out var uri) || uri.Scheme is not ("mqtt" or "mqtts"))
            throw new FormatException($"broker '{Redact(trimmed)}' is none of: {Forms}");
        return new BrokerUrl(BrokerKind.Remote, ParseRemote(uri, Redact(trimmed), passwordEnv, environment ?? Environment.GetEnvironmentVariable));
    }

    public override string ToString() => Endpoint?.ToString() ?? (Kind == BrokerKind.Embedded ? "embedded" : "mosquitto");

    private static BrokerEndpoint ParseRemote(Uri uri, string shown, string? passwordEnv, Func<string, string?> environment)
    {
        if (uri.Host.Length == 0)
            throw new FormatException($"broker '{shown}' names no host: write mqtt://HOST[:PORT]");
        if (uri.Port == 0)
            throw new FormatException($"broker '{shown}': port 0 cannot be connected to; leave it out for {PlainPort} (mqtt) or {TlsPort} (mqtts)");
        if (uri.AbsolutePath.Length > 1 || uri.Fragment.Length > 0)
            throw new FormatException($"broker '{shown}': nothing follows the port but '?ca=FILE' and '?passwordEnv=NAME'; percent-encode '/', '#' and '?' in a password");
        var tls = uri.Scheme == "mqtts";
        var query = ParseQuery(uri.Query, shown);
        if (query.GetValueOrDefault("ca") is not null && !tls)
            throw new FormatException($"broker '{shown}': 'ca' needs TLS; write mqtts://");
        var (user, password) = ParseUser(uri.UserInfo);
        if ((query.GetValueOrDefault("passwordEnv") ?? passwordEnv) is { Length: > 0 } variable)
        {
            if (password is not null)
                throw new FormatException($"broker '{shown}' has a password and names the environment variable {variable} for one: keep one of the two");
            password = environment(variable)
                ?? throw new FormatException($"broker '{shown}': the environment variable {variable} is not set; export {variable}=PASSWORD before starting");
        }
        if (password is not null && user is null)
            throw new FormatException($"broker '{shown}' has a password but no user: write mqtt://USER@HOST");
        return new BrokerEndpoint(uri.Host.Trim('[', ']'), uri.Port < 0 ? tls ? TlsPort : PlainPort : uri.Port, tls, user, password, query.GetValueOrDefault("ca"));
    }

    private static (string? User, string? Password) ParseUser(string userInfo)
    {
        if (userInfo.Length == 0)
            return (null, null);
        var colon = userInfo.IndexOf(':');
        var user = Uri.UnescapeDataString(colon < 0 ? userInfo : userInfo[..colon]);
        return (user.Length == 0 ? null : user, colon < 0 ? null : Uri.UnescapeDataString(userInfo[(colon + 1)..]));
    }

    private static Dictionary<string, string> ParseQuery(string query, string shown)
    {
        var values = new Dictionary<string, string>(StringComparer.Ordinal);
        foreach (var pair in query.TrimStart('?').Split('&', StringSplitOptions.RemoveEmptyEntries))
        {
            var equals = pair.IndexOf('=');
            var name = equals < 0 ? pair : pair[..equals];
            if (name is not ("ca" or "passwordEnv") || equals < 0 || equals == pair.Length - 1)
                throw new FormatException($"broker '{shown}': '{name}' is not understood; only ca=FILE and passwordEnv=NAME are");
            if (!values.TryAdd(name, Uri.UnescapeDataString(pair[(equals + 1)..])))
                throw new FormatException($"broker '{shown}' gives '{name}' twice: keep one");
        }
        return values;
    }

    /// <summary>Hides what stands between "://" and the last "@": a broken URL may hold its password anywhere there.</summary>
    private static string Redact(string text)
    {
        var start = text.IndexOf("://", StringComparison.Ordinal);
        var at = text.LastIndexOf('@');
        return start >= 0 && at > start ? $"{text[..(start + 3)]}…{text[at..]}" : text;
    }
}
