using System.Text.Json;
using EdgeMas.Host.CommandLine;

namespace EdgeMas.Host.Robot;

/// <summary>How other verbs reach the broker of a running robot; kept in its data folder, mode 0600.</summary>
internal sealed record BrokerConnection(
    string Host, int Port, bool Tls, string? UserName, string? Password, string? CertificateAuthorityFile, string Fleet, string Robot, int ProcessId)
{
    /// <returns>Null where no robot runs on this folder.</returns>
    public static BrokerConnection? Find(string dataDirectory)
    {
        var path = DataFolders.BrokerFileOf(dataDirectory);
        return File.Exists(path) ? JsonSerializer.Deserialize(File.ReadAllText(path), HostJson.Shared.BrokerConnection) : null;
    }
}
