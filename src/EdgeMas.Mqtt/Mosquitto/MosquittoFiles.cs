using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using EdgeMas.Mqtt.Access;

namespace EdgeMas.Mqtt.Mosquitto;

/// <summary>The files that a mosquitto of ours reads, in a folder that only this user may open.</summary>
/// <remarks>Source: mosquitto.conf(5) and mosquitto_passwd(1) of mosquitto 2.0.</remarks>
internal sealed class MosquittoFiles : IDisposable
{
    /// <summary>mosquitto_passwd's own count; the passwords themselves are long and random.</summary>
    private const int Iterations = 101;

    private const int SaltBytes = 12;
    private const int HashBytes = 64;

    private readonly bool _isTemporary;

    internal MosquittoFiles(MosquittoOptions options)
    {
        _isTemporary = options.DataDirectory is null;
        Folder = options.DataDirectory ?? Path.Combine(Path.GetTempPath(), $"edgemas-mosquitto-{RandomNumberGenerator.GetHexString(12, lowercase: true)}");
        Directory.CreateDirectory(Folder);
        if (!OperatingSystem.IsWindows())
            File.SetUnixFileMode(Folder, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);
    }

    internal string Folder { get; }

    internal string ConfigurationFile => Path.Combine(Folder, "mosquitto.conf");

    private string PasswordFile => Path.Combine(Folder, "passwords");

    private string AccessFile => Path.Combine(Folder, "access");

    internal void Write(MosquittoOptions options, int port, AccessList access)
    {
        WritePrivate(PasswordFile, string.Concat(access.Users.Select(user => $"{user.Name}:{Hash(user.Password!)}\n")));
        WritePrivate(AccessFile, string.Concat(access.Users.Select(Rights)));
        WritePrivate(ConfigurationFile, Configuration(options, port));
    }

    public void Dispose()
    {
        if (_isTemporary && Directory.Exists(Folder))
            Directory.Delete(Folder, recursive: true);
    }

    /// <summary>A line of mosquitto's password file: PBKDF2 with SHA-512.</summary>
    internal static string Hash(string password)
    {
        var salt = RandomNumberGenerator.GetBytes(SaltBytes);
        var hash = Rfc2898DeriveBytes.Pbkdf2(password, salt, Iterations, HashAlgorithmName.SHA512, HashBytes);
        return $"$7${Iterations}${Convert.ToBase64String(salt)}${Convert.ToBase64String(hash)}";
    }

    private static string Rights(BrokerUser user)
    {
        var text = new StringBuilder().Append(CultureInfo.InvariantCulture, $"user {user.Name}\n");
        foreach (var filter in user.Publish)
            text.Append(CultureInfo.InvariantCulture, $"topic write {filter}\n");
        foreach (var filter in user.Subscribe)
            text.Append(CultureInfo.InvariantCulture, $"topic read {filter}\n");
        return text.ToString();
    }

    private string Configuration(MosquittoOptions options, int port)
    {
        var text = new StringBuilder()
            .Append(CultureInfo.InvariantCulture, $"listener {port} {options.Address}\n")
            .Append(CultureInfo.InvariantCulture, $"max_connections {options.MaxConnections}\n");
        if (options.CertificateFile is not null)
            text.Append(CultureInfo.InvariantCulture, $"certfile {options.CertificateFile}\nkeyfile {options.KeyFile}\ntls_version tlsv1.2\n");
        text.Append("allow_anonymous false\n")
            .Append(CultureInfo.InvariantCulture, $"password_file {PasswordFile}\nacl_file {AccessFile}\n")
            .Append(CultureInfo.InvariantCulture, $"max_packet_size {options.MaxPacketBytes}\nmax_inflight_messages 256\nmax_queued_messages {options.MaxPendingPerClient}\n")
            .Append(CultureInfo.InvariantCulture, $"persistence true\npersistence_location {Folder}/\nautosave_interval 30\n")
            .Append("log_dest stderr\nlog_timestamp false\nlog_type error\nlog_type warning\nlog_type notice\nlog_type information\nconnection_messages true\n")
            .Append(CultureInfo.InvariantCulture, $"user {Environment.UserName}\n"); // as root it would otherwise become a user who may not read these files
        return text.ToString();
    }

    private static void WritePrivate(string path, string text)
    {
        File.Delete(path); // an older one may be open to others
        var options = new FileStreamOptions { Mode = FileMode.CreateNew, Access = FileAccess.Write };
        if (!OperatingSystem.IsWindows())
            options.UnixCreateMode = UnixFileMode.UserRead | UnixFileMode.UserWrite;
        using var file = new StreamWriter(path, new UTF8Encoding(encoderShouldEmitUTF8Identifier: false), options);
        file.Write(text);
    }
}
