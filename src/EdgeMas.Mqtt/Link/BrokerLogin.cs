using System.Security.Cryptography.X509Certificates;
using EdgeMas.Core.Broker;
using MQTTnet;
using MQTTnet.Formatter;

namespace EdgeMas.Mqtt.Link;

/// <summary>How any client of ours reaches a broker: MQTT 5, credentials, TLS; and why it does not, in words that say what to do.</summary>
public static class BrokerLogin
{
    /// <summary>Connects once.</summary>
    /// <returns>Null, or why not. No password is ever told.</returns>
    public static async Task<string?> TryConnectAsync(IMqttClient client, BrokerEndpoint endpoint, string clientId, TimeSpan timeout, CancellationToken cancellationToken)
    {
        using var limit = new CancellationTokenSource(timeout, TimeProvider.System);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken, limit.Token);
        try
        {
            var answer = await client.ConnectAsync(OptionsFor(endpoint).WithClientId(clientId).WithTimeout(timeout).Build(), either.Token);
            return answer.ResultCode == MqttClientConnectResultCode.Success ? null : ConnectProblem.Explain(answer, endpoint);
        }
        catch (Exception) when (cancellationToken.IsCancellationRequested)
        {
            throw new OperationCanceledException(cancellationToken); // MQTTnet shows a cancelled login as a closed connection
        }
#pragma warning disable CA1031 // whatever hinders the connection is the reason, and is told
        catch (Exception error)
#pragma warning restore CA1031
        {
            return ConnectProblem.Explain(limit.IsCancellationRequested ? new OperationCanceledException() : error, endpoint, timeout);
        }
    }

    /// <exception cref="IOException">The authority's file is missing.</exception>
    /// <exception cref="System.Security.Cryptography.CryptographicException">The authority's file is no certificate.</exception>
    internal static MqttClientOptionsBuilder OptionsFor(BrokerEndpoint endpoint)
    {
        var builder = new MqttClientOptionsBuilder().WithProtocolVersion(MqttProtocolVersion.V500).WithTcpServer(endpoint.Host, endpoint.Port);
        if (endpoint.UserName is not null)
            builder.WithCredentials(endpoint.UserName, endpoint.Password ?? "");
        if (endpoint.Tls)
            builder.WithTlsOptions(tls => ConfigureTls(tls, endpoint.Host, endpoint.CertificateAuthorityFile));
        return builder;
    }

    private static void ConfigureTls(MqttClientTlsOptionsBuilder tls, string host, string? authority)
    {
        // Revocation lists are on the internet, where a robot may not be.
        tls.UseTls().WithTargetHost(host).WithRevocationMode(X509RevocationMode.NoCheck);
        if (authority is null)
            return;
        if (!File.Exists(authority))
            throw new FileNotFoundException($"the signing authority's file {authority} is missing: correct ?ca=FILE in the broker's URL", authority);
        var chain = new X509Certificate2Collection();
        chain.ImportFromPemFile(authority);
        tls.WithTrustChain(chain);
    }
}
