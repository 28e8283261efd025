using System.Diagnostics;
using System.Net;
using System.Net.Sockets;
using EdgeMas.Mqtt.Mosquitto;
using EdgeMas.Mqtt.Tests.Parts;
using Microsoft.Extensions.Logging.Abstractions;

namespace EdgeMas.Mqtt.Tests.Mosquitto;

public sealed class MosquittoBrokerTests : IDisposable
{
    private readonly LinesLog _log = new();
    private readonly string _folder = Path.Combine(Path.GetTempPath(), $"edgemas-test-{Guid.NewGuid():N}");
    private readonly MosquittoOptions _options;

    public MosquittoBrokerTests()
    {
        SharedFiles.RequireFile("/usr/sbin/mosquitto", "mosquitto");
        _options = new MosquittoOptions { Users = Brokers.Users, DataDirectory = _folder };
    }

    public void Dispose()
    {
        if (Directory.Exists(_folder))
            Directory.Delete(_folder, recursive: true);
    }

    [Fact]
    public async Task A_missing_program_is_named_with_the_package_that_has_it()
    {
        await using var broker = new MosquittoBroker(_options with { Program = "mosquitto-that-is-not-there" }, NullLogger.Instance);

        var error = await Assert.ThrowsAsync<MosquittoMissingException>(() => broker.StartAsync(Until.Deadline()));

        Assert.Contains("apt-get install mosquitto", error.Message);
        Assert.Equal("mosquitto-that-is-not-there", error.Program);
    }

    [Fact]
    public async Task A_taken_port_is_named_with_the_mend()
    {
        using var other = new TcpListener(IPAddress.Loopback, 0);
        other.Start();
        await using var broker = new MosquittoBroker(_options with { Port = ((IPEndPoint)other.LocalEndpoint).Port }, NullLogger.Instance);

        Assert.Contains("the port is taken", (await Assert.ThrowsAsync<BrokerStartException>(() => broker.StartAsync(Until.Deadline()))).Message);
        Assert.False(broker.IsRunning);
    }

    [Fact]
    public async Task A_configuration_that_mosquitto_refuses_is_told_in_its_own_words()
    {
        await using var broker = new MosquittoBroker(_options with { CertificateFile = "/nowhere.pem", KeyFile = "/nowhere.key" }, NullLogger.Instance);

        var error = await Assert.ThrowsAsync<BrokerStartException>(() => broker.StartAsync(Until.Deadline()));

        Assert.Contains("/nowhere.pem", error.Message);
    }

    [Fact]
    [System.Runtime.Versioning.SupportedOSPlatform("linux")]
    public async Task Its_files_are_for_this_user_only_and_hold_no_password()
    {
        await using var broker = new MosquittoBroker(_options, NullLogger.Instance);
        await broker.StartAsync(Until.Deadline());

        Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute, File.GetUnixFileMode(_folder));
        foreach (var file in new[] { "mosquitto.conf", "passwords", "access" }.Select(name => Path.Combine(_folder, name)))
        {
            Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite, File.GetUnixFileMode(file));
            Assert.DoesNotContain(broker.Endpoint.Password!, await File.ReadAllTextAsync(file, TestContext.Current.CancellationToken));
        }
    }

    [Fact]
    public async Task A_stop_leaves_no_process_and_no_temporary_file()
    {
        await using var broker = new MosquittoBroker(_options with { DataDirectory = null }, _log);
        await broker.StartAsync(Until.Deadline());
        var process = broker.ProcessId!.Value;
        var folder = Path.GetDirectoryName(ConfigurationOf(process))!;
        Assert.True(Directory.Exists(folder));

        await broker.StopAsync(Until.Deadline());

        Assert.False(broker.IsRunning);
        Assert.False(Directory.Exists($"/proc/{process}"));
        Assert.False(Directory.Exists(folder));
    }

    [Fact]
    public async Task A_program_that_does_not_end_when_asked_is_killed()
    {
        await using var broker = new MosquittoBroker(_options with { StopTimeout = TimeSpan.FromMilliseconds(200) }, _log);
        await broker.StartAsync(Until.Deadline());
        var process = broker.ProcessId!.Value;
        using (var freeze = Process.Start("kill", ["-STOP", $"{process}"]))
            await freeze.WaitForExitAsync(Until.Deadline());

        await broker.StopAsync(Until.Deadline());

        Assert.False(Directory.Exists($"/proc/{process}"));
    }

    [Fact]
    public async Task After_a_crash_it_is_started_again_at_the_same_place_for_the_same_users()
    {
        await using var broker = new MosquittoBroker(_options with { FirstBackoff = TimeSpan.FromMilliseconds(10) }, _log);
        await broker.StartAsync(Until.Deadline());
        var (endpoint, first) = (broker.Endpoint, broker.ProcessId);

        for (var crash = 1; crash <= 2; crash++)
        {
            using (var kill = Process.Start("kill", ["-KILL", $"{broker.ProcessId}"]))
                await kill.WaitForExitAsync(Until.Deadline());
            await Until.TrueAsync(() => broker.Restarts == crash && broker.IsRunning);
        }

        Assert.NotEqual(first, broker.ProcessId);
        Assert.Equal(0, (await OutsideClient.PublishAsync(endpoint, Samples.Topics.Health, "-m", "x")).Code);
        Assert.Equal(2, _log.Warnings.Count(line => line.StartsWith("mosquitto died", StringComparison.Ordinal)));
    }

    [Fact]
    public async Task It_keeps_retained_messages_over_a_stop_and_a_start_when_it_has_a_place_for_them()
    {
        await using var broker = new MosquittoBroker(_options, _log);
        await broker.StartAsync(Until.Deadline());
        await OutsideClient.PublishAsync(broker.Endpoint, Samples.Topics.Health, "-r", "-m", "well");
        await broker.StopAsync(Until.Deadline());

        await broker.StartAsync(Until.Deadline());

        await using var outside = await OutsideClient.SubscribeAsync(broker.Endpoint, Samples.Topics.Health, "%p");
        await Until.TrueAsync(() => outside.Count == 1);
    }

    [Fact]
    public async Task A_full_subscriber_queue_is_noticed()
    {
        await using var broker = new MosquittoBroker(_options with { MaxPendingPerClient = 10 }, _log);
        await broker.StartAsync(Until.Deadline());
        await OutsideClient.LeaveSubscriptionAsync(broker.EndpointOf("guest"), "sleeper", Samples.Topics.Health);

        await OutsideClient.PublishAsync(broker.Endpoint, Samples.Topics.Health, "-m", "well", "--repeat", "600");
        await Until.TrueAsync(() => broker.DropNotices > 0);

        Assert.Contains(_log.Warnings, line => line.Contains("being dropped", StringComparison.Ordinal));
    }

    [Fact]
    public void The_password_hash_is_the_one_that_mosquitto_passwd_makes()
    {
        var parts = MosquittoFiles.Hash("open sesame").Split('$');

        Assert.Equal(["", "7", "101"], parts[..3]);
        Assert.Equal((12, 64), (Convert.FromBase64String(parts[3]).Length, Convert.FromBase64String(parts[4]).Length));
        Assert.NotEqual(MosquittoFiles.Hash("open sesame"), MosquittoFiles.Hash("open sesame"));
    }

    /// <summary>From the arguments that the kernel shows.</summary>
    private static string ConfigurationOf(int process) => File.ReadAllText($"/proc/{process}/cmdline").Split('\0', StringSplitOptions.RemoveEmptyEntries)[^1];
}
