using System.Net.Sockets;
using System.Security.Authentication;
using EdgeMas.Core.Broker;
using MQTTnet;
using MQTTnet.Exceptions;

namespace EdgeMas.Mqtt.Link;

/// <summary>Why a connection failed, in words that say what to do.</summary>
internal static class ConnectProblem
{
    internal static string Explain(MqttClientConnectResult answer, BrokerEndpoint endpoint) => answer.ResultCode switch
    {
        MqttClientConnectResultCode.BadUserNameOrPassword => RefusedLogin(endpoint),
        MqttClientConnectResultCode.NotAuthorized => endpoint.UserName is null
            ? "the broker wants a user name and password: write them into the broker's URL"
            : RefusedLogin(endpoint),
        MqttClientConnectResultCode.ClientIdentifierNotValid => $"the broker refuses the client id ({answer.ReasonString}): configure another one",
        _ => $"the broker answers {answer.ResultCode} {answer.ReasonString}".TrimEnd(),
    };

    internal static string Explain(Exception error, BrokerEndpoint endpoint, TimeSpan timeout)
    {
        if (Find<AuthenticationException>(error) is { } tls)
            return $"TLS: {tls.Message} ({(endpoint.CertificateAuthorityFile is { } file ? $"is the broker's certificate signed by {file}, and made out to '{endpoint.Host}'?" : "name the signing authority's PEM file with ?ca=FILE")})";
        if (Find<SocketException>(error) is { } socket)
            return Explain(socket.SocketErrorCode, endpoint) ?? socket.Message;
        if (Find<OperationCanceledException>(error) is not null || Find<MqttCommunicationTimedOutException>(error) is not null)
            return $"no answer from {endpoint.Host}:{endpoint.Port} within {timeout.TotalSeconds:0.#} s";
        if (Find<IOException>(error) is { } file1 and not (EndOfStreamException) && file1.GetType() != typeof(IOException))
            return file1.Message;
        if (Find<System.Security.Cryptography.CryptographicException>(error) is { } certificate)
            return $"the authority's certificate in {endpoint.CertificateAuthorityFile} cannot be read: {certificate.Message}";
        return endpoint.Tls
            ? $"the other side closed the connection during login: does {endpoint} speak TLS?"
            : $"the other side closed the connection during login ({error.Message}): is {endpoint} an MQTT 5 broker, and without TLS?";
    }

    private static string? Explain(SocketError code, BrokerEndpoint endpoint) => code switch
    {
        SocketError.ConnectionRefused => $"nobody listens at {endpoint.Host}:{endpoint.Port}: start the broker, or correct the address",
        SocketError.HostNotFound or SocketError.NoData or SocketError.TryAgain => $"the name '{endpoint.Host}' is not known: correct it, or write an IP address",
        SocketError.HostUnreachable or SocketError.NetworkUnreachable => $"no way to {endpoint.Host}: check the network",
        SocketError.ConnectionReset or SocketError.Shutdown => $"the other side broke the connection off: does {endpoint} speak {(endpoint.Tls ? "TLS" : "MQTT without TLS")}?",
        _ => null,
    };

    private static string RefusedLogin(BrokerEndpoint endpoint) =>
        $"the broker refuses user '{endpoint.UserName}': wrong user name or password; correct them in the broker's URL or in the variable that holds the password";

    private static T? Find<T>(Exception? error)
        where T : Exception
    {
        for (; error is not null; error = error.InnerException)
        {
            if (error is T found)
                return found;
        }
        return null;
    }
}
