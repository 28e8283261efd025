using System.Text.Json;

namespace EdgeMas.Host.Robot;

/// <summary>How other verbs reach the broker of a running robot; kept in its data folder, mode 0600.</summary>
internal sealed record BrokerConnection(
    string Host, int Port, bool Tls, string? UserName, string? Password, string? CertificateAuthorityFile, string Fleet, string Robot, int ProcessId)
{
    public static JsonSerializerOptions Json { get; } = new() { PropertyNamingPolicy = JsonNamingPolicy.SnakeCaseLower, WriteIndented = true };

    /// <returns>Null where no robot runs on this folder.</returns>
    public static BrokerConnection? Find(string dataDirectory)
    {
        var path = DataFolders.BrokerFileOf(dataDirectory);
        return File.Exists(path) ? JsonSerializer.Deserialize<BrokerConnection>(File.ReadAllText(path), Json) : null;
    }
}
