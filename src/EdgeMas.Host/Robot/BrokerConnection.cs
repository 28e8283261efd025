using System.Text.Json;
using EdgeMas.Core;
using EdgeMas.Host.CommandLine;

namespace EdgeMas.Host.Robot;

/// <summary>How other verbs reach the broker of a running robot; kept in its data folder, mode 0600.</summary>
internal sealed record BrokerConnection(
    string Host, int Port, bool Tls, string? UserName, string? Password, string? CertificateAuthorityFile, string Fleet, string Robot, int ProcessId)
{
    private static readonly JsonSerializerOptions Strict = StrictJson.Of(HostJson.Shared);

    /// <returns>Null where no robot runs on this folder.</returns>
    /// <exception cref="FailureException">The file is not one that a robot wrote.</exception>
    public static BrokerConnection? Find(string dataDirectory)
    {
        var path = DataFolders.BrokerFileOf(dataDirectory);
        if (!File.Exists(path))
            return null;
        try
        {
            var connection = (BrokerConnection?)JsonSerializer.Deserialize(File.ReadAllText(path), Strict.GetTypeInfo(typeof(BrokerConnection)));
            return connection is { Host.Length: > 0, Port: > 0 and <= ushort.MaxValue } ? connection : throw new JsonException("it names no address");
        }
        catch (Exception error) when (error is JsonException or IOException or UnauthorizedAccessException)
        {
            throw new FailureException($"{path} cannot be used: {error.Message.TrimEnd('.')}. A robot that runs writes it: start it again, or name its broker with --broker", error);
        }
    }
}
