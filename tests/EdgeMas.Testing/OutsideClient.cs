using System.Collections.Concurrent;
using System.Diagnostics;
using EdgeMas.Core.Broker;
using Xunit;

namespace EdgeMas.Testing;

/// <summary>mosquitto_sub and mosquitto_pub: clients that share no code with ours. Under stdbuf, or their talk would come in blocks.</summary>
public sealed class OutsideClient : IAsyncDisposable
{
    private const string Mark = "MSG|";

    private readonly Process _process;
    private readonly ConcurrentQueue<string> _messages = new();
    private readonly ConcurrentQueue<string> _talk = new();
    private volatile bool _isSubscribed;

    private OutsideClient(Process process)
    {
        _process = process;
        process.OutputDataReceived += (_, line) => Hear(line.Data);
        process.ErrorDataReceived += (_, line) => Hear(line.Data);
        process.Start();
        process.BeginOutputReadLine();
        process.BeginErrorReadLine();
    }

    /// <summary>Each as the format says, without the line's end.</summary>
    public IReadOnlyList<string> Messages => [.. _messages];

    public int Count => _messages.Count;

    /// <summary>Returns when the broker has accepted the subscription.</summary>
    /// <param name="format">As mosquitto_sub's -F: %t topic, %p payload, %P user properties, %r retained, %C content type, %D correlation data.</param>
    public static async Task<OutsideClient> SubscribeAsync(BrokerEndpoint broker, string filter, string format = "%t %p", params string[] more)
    {
        SharedFiles.RequireFile("/usr/bin/mosquitto_sub", "mosquitto-clients");
        var client = new OutsideClient(Make("mosquitto_sub", broker, ["-d", "-q", "1", "-t", filter, "-F", Mark + format, .. more]));
        await Until.TrueAsync(() => client._isSubscribed, detail: () => string.Join("\n", client._talk));
        return client;
    }

    /// <returns>The exit code and what it said.</returns>
    public static async Task<(int Code, string Said)> PublishAsync(BrokerEndpoint broker, string topic, params string[] more)
    {
        SharedFiles.RequireFile("/usr/bin/mosquitto_pub", "mosquitto-clients");
        using var process = Make("mosquitto_pub", broker, ["-q", "1", "-t", topic, .. more]);
        process.Start();
        var said = process.StandardOutput.ReadToEndAsync(Until.Deadline());
        var complained = process.StandardError.ReadToEndAsync(Until.Deadline());
        await process.WaitForExitAsync(Until.Deadline());
        return (process.ExitCode, await said + await complained);
    }

    /// <summary>Subscribes under a client id, goes away, and lets the broker keep what comes.</summary>
    public static async Task LeaveSubscriptionAsync(BrokerEndpoint broker, string clientId, string filter, int expirySeconds = 3_600)
    {
        SharedFiles.RequireFile("/usr/bin/mosquitto_sub", "mosquitto-clients");
        using var process = Make("mosquitto_sub", broker, ["-E", "-q", "1", "-t", filter, "-c", "-i", clientId, "-x", $"{expirySeconds}"]);
        process.Start();
        await process.WaitForExitAsync(Until.Deadline());
        Assert.Equal(0, process.ExitCode);
    }

    public async ValueTask DisposeAsync()
    {
        if (!_process.HasExited)
            _process.Kill();
        await _process.WaitForExitAsync(Until.Deadline());
        _process.Dispose();
    }

    private static Process Make(string program, BrokerEndpoint broker, string[] arguments)
    {
        var start = new ProcessStartInfo("stdbuf") { UseShellExecute = false, RedirectStandardOutput = true, RedirectStandardError = true };
        List<string> all = ["-oL", program, "-V", "mqttv5", "-h", broker.Host, "-p", $"{broker.Port}", "-k", "5"];
        if (broker.UserName is not null)
            all.AddRange(["-u", broker.UserName, "-P", broker.Password!]);
        if (broker.CertificateAuthorityFile is not null)
            all.AddRange(["--cafile", broker.CertificateAuthorityFile]);
        foreach (var argument in all.Concat(arguments))
            start.ArgumentList.Add(argument);
        return new Process { StartInfo = start };
    }

    private void Hear(string? line)
    {
        if (line is null)
            return;
        if (line.StartsWith(Mark, StringComparison.Ordinal))
            _messages.Enqueue(line[Mark.Length..]);
        else
            _talk.Enqueue(line);
        _isSubscribed |= line.Contains("received SUBACK", StringComparison.Ordinal);
    }
}
