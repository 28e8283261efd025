using System.Globalization;
using EdgeMas.Core.Bus;
using EdgeMas.Core.Events;
using EdgeMas.Core.Topics;
using EdgeMas.Devices.Chips.Gnss;
using EdgeMas.Devices.Errors;
using EdgeMas.Devices.Serial;
using EdgeMas.Host.Configuration;
using EdgeMas.Host.Robot;
using EdgeMas.Simulation.Board;

namespace EdgeMas.Host.Hil.Suites;

/// <summary>A GNSS receiver on the serial port <c>/dev/ttyS1</c>; the suite plays it at the cable's other end.</summary>
internal sealed class SerialSuite : HilSuite
{
    private const string Port = "/dev/ttyS1";
    private const string Other = "/dev/ttyS2";
    private const double Latitude = 48 + (7.038 / 60);
    private const double Longitude = -(11 + (31.0 / 60));
    private const double Knots = 22.4;
    private static readonly TimeSpan MaxAge = TimeSpan.FromSeconds(1.5);

    /// <summary>User-Mode Linux's port has this rate and no other.</summary>
    private static readonly SerialSettings Settings = new(Baud: 38_400);

    private SerialCable? _cable;
    private SerialDevice? _otherProgram;
    private bool _isFrozen;
    private bool _isOpenEnded;
    private int _second;

    public override string Name => "serial";

    public override string Description => "Serial port with a GNSS receiver: fixes, wrong checksums, silence, a flood, a port that another has, an adapter pulled out, a robot whose file has it";

    public override double UsualSeconds => 15;

    public override IReadOnlyList<HilCase> Cases =>
    [
        new("bytes pass unchanged in both directions", bench =>
        {
            using var device = Open();
            byte[] all = [.. Enumerable.Range(0, 256).Select(i => (byte)i)];
            Far.Send(all);
            var received = new byte[all.Length];
            for (var count = 0; count < all.Length;)
            {
                var more = device.Read(received.AsSpan(count), bench.Patience);
                HilBench.True(more > 0, $"{count} of {all.Length} bytes came");
                count += more;
            }
            HilBench.Equal(Convert.ToHexString(all), Convert.ToHexString(received), "received");
            device.Write("$PMTK000*32\r\n"u8, bench.Patience);
            using var timer = new CancellationTokenSource(bench.Patience, bench.Time);
            HilBench.Equal("$PMTK000*32\r\n", Far.ReceiveAsync(13, timer.Token).GetAwaiter().GetResult(), "the receiver gets");
        }),
        new("a fix arrives with the right numbers", bench =>
        {
            using var gnss = Watch();
            var fix = NextFix(gnss, bench);
            HilBench.Equal(GnssFixKind.Satellites, fix.Kind, "kind");
            HilBench.Near(Latitude, fix.LatitudeDegrees, 1e-6, "latitude");
            HilBench.Near(Longitude, fix.LongitudeDegrees, 1e-6, "longitude");
            HilBench.Near(545.4, fix.AltitudeMeters ?? double.NaN, 1e-9, "altitude");
            HilBench.Near(0.9, fix.HorizontalDilution ?? double.NaN, 1e-9, "HDOP");
            HilBench.Near(Knots * 1852 / 3600, fix.SpeedMetersPerSecond ?? double.NaN, 1e-6, "m/s");
            HilBench.Near(84.4, fix.CourseDegrees ?? double.NaN, 1e-9, "course");
            HilBench.Equal(new DateOnly(2026, 3, 23), DateOnly.FromDateTime(fix.Utc?.UtcDateTime ?? default), "date");
            HilBench.Equal(null, gnss.Trouble, "trouble");
        }),
        new("a wrong checksum is refused, counted and told, and the next sentence is read", bench =>
        {
            using var gnss = Watch();
            NextFix(gnss, bench);
            var before = gnss.Counts;
            Far.Send("$GNGGA,123519.00,0000.00000,N,00000.00000,E,1,12,0.90,545.4,M,46.9,M,,*00\r\n");
            bench.Until(() => gnss.Counts.WrongChecksum > before.WrongChecksum, "a wrong checksum is counted");
            HilBench.Equal(before.WrongChecksum + 1, gnss.Counts.WrongChecksum, "wrong checksums");
            HilBench.True(gnss.LastRefusal?.StartsWith("wrong checksum: $GNGGA,123519.00,0000", StringComparison.Ordinal) == true, $"told: {gnss.LastRefusal}");
            HilBench.Near(Latitude, NextFix(gnss, bench).LatitudeDegrees, 1e-6, "latitude");
        }),
        new("a receiver that loses the sky has no fix and no trouble", bench =>
        {
            using var gnss = Watch();
            NextFix(gnss, bench);
            bench.Until(() =>
            {
                SayTo(gnss, quality: 0);
                return !gnss.TryGetFix(out _) && gnss.Trouble is null;
            }, "no fix");
        }),
        new("a receiver that repeats one moment has a fix that becomes stale", bench =>
        {
            using var gnss = Watch();
            NextFix(gnss, bench);
            _second--;
            bench.Until(() =>
            {
                SayTo(gnss);
                _second--;
                return !gnss.TryGetFix(out _);
            }, "the fix becomes stale");
            _second++;
            NextFix(gnss, bench);
        }),
        new("silence makes the fix stale in time, and then a trouble that names the wires", bench =>
        {
            using var gnss = Watch();
            NextFix(gnss, bench);
            var told = bench.Time.GetTimestamp();
            bench.Until(() => !gnss.TryGetFix(out _), "the fix becomes stale");
            HilBench.True(bench.Time.GetElapsedTime(told) >= MaxAge - TimeSpan.FromMilliseconds(600), "a fix was stale before its time"); // it was told before this wait began
            bench.Until(() => gnss.Trouble?.Contains("wire its TX", StringComparison.Ordinal) == true, () => $"silence is told, not: {gnss.Trouble}", bench.Patience + TimeSpan.FromSeconds(3));
            NextFix(gnss, bench);
            HilBench.Equal(null, gnss.Trouble, "trouble");
        }),
        new("a flood without an end of a line harms nothing", bench =>
        {
            using var gnss = Watch();
            NextFix(gnss, bench);
            var before = gnss.Counts;
            var memory = GC.GetTotalMemory(forceFullCollection: true);
            var flood = new byte[2048];
            Array.Fill(flood, (byte)'$');
            for (var i = 0; i < 24; i++) // three hundred times the longest line
            {
                var heard = gnss.Bytes;
                Far.Send(flood);
                WaitUntilHeard(() => gnss.Bytes, heard);
            }
            Far.Send("\r\n");
            bench.Until(() => gnss.Counts.Unreadable > before.Unreadable, "the flood is counted");
            NextFix(gnss, bench);
            var grown = GC.GetTotalMemory(forceFullCollection: true) - memory;
            HilBench.True(grown < 256 * 1024, $"memory grew by {grown} bytes");
            HilBench.Equal(null, gnss.Trouble, "trouble");
        }),
        new("a robot's file names the receiver: its fixes go out on the robot's bus, and silence makes the robot degraded", bench =>
        {
            var receiver = ReadRobot();
            HilBench.Equal((Port, Settings.Baud), (receiver.Wiring.Path, receiver.Wiring.Settings!.Baud), "port");
            HilBench.Equal(null, receiver.Bus.Trouble()?.Message, "what doctor finds at the port");
            var topics = new RobotTopics("yard", "rover");
            var bus = new InProcessBus(bench.Time);
            var told = new BusQueue(1000, OverflowPolicy.DropOldest);
            bus.Subscribe(topics.Gnss, told);
            GnssReport? report = null;
            var beat = new GnssBeat(topics, bus, receiver.Wiring, bench.Time);
            try
            {
                bench.Until(() =>
                {
                    SayTo(() => beat.Bytes);
                    return Newest(told, ref report) is { Quality: "satellites", SpeedMetersPerSecond: not null };
                }, () => $"a fix is on the bus ({beat.Trouble}; {report})", bench.Patience);
                HilBench.Near(Latitude, report!.LatitudeDegrees ?? double.NaN, 1e-6, "latitude");
                HilBench.Near(Longitude, report.LongitudeDegrees ?? double.NaN, 1e-6, "longitude");
                HilBench.Equal((12, 0.9), (report.Satellites ?? 0, report.HorizontalDilution ?? 0), "satellites and HDOP");
                HilBench.Equal(new DateOnly(2026, 3, 23), DateOnly.FromDateTime(report.Utc?.UtcDateTime ?? default), "date");
                bench.Until(() => Newest(told, ref report) is { Quality: "none", Trouble: { } trouble } && trouble.Contains("wire its TX", StringComparison.Ordinal), () => $"silence is told, not: {report}", bench.Patience + TimeSpan.FromSeconds(3));
                HilBench.True(beat.Trouble?.Contains("wire its TX", StringComparison.Ordinal) == true, $"the robot is degraded: {beat.Trouble}");
                bench.Until(() =>
                {
                    SayTo(() => beat.Bytes);
                    return Newest(told, ref report) is { Quality: "satellites" } && beat.Trouble is null;
                }, () => $"it heals ({beat.Trouble})", bench.Patience);
            }
            finally
            {
                beat.DisposeAsync().AsTask().GetAwaiter().GetResult();
            }
        }),
        new("a port that another has is an error that names who, and a missing one says how to enable it", _ =>
        {
            using (Open())
                HilBench.Throws<DeviceException>(() => Open().Dispose(), Port, "holds it", "this program itself");
            Open().Dispose();
            HilBench.Throws<DeviceException>(() => SerialDevice.Open("/dev/ttyAMA7").Dispose(), "/dev/ttyAMA7", "no such device", "enable_uart=1", Port);
        }),
        new("a rate that the port does not take is refused, with the one it has, and the port is free again", _ =>
        {
            HilBench.Throws<DeviceException>(() => SerialDevice.Open(Port, new SerialSettings(9600)).Dispose(), Port, "be set to 9600 baud 8N1", "it takes 38400 baud");
            Open().Dispose();
        }),
        new("an adapter that is pulled out is a trouble, and is found again", bench =>
        {
            using var gnss = Watch();
            NextFix(gnss, bench);
            Far.Replug();
            bench.Until(() => gnss.Trouble?.Contains("unplugged", StringComparison.Ordinal) == true, () => $"it is told, not: {gnss.Trouble}", bench.Patience);
            bench.Until(() =>
            {
                SayTo(gnss);
                return gnss.Trouble is null && gnss.TryGetFix(out _);
            }, "it is found again");
        }),
    ];

    public override IReadOnlyList<HilFault> Faults =>
    [
        new("serial-wire-cut", _ => Far.IsCut = true),
        new("serial-bit-turned", _ => Far.Flip = 1 << 5),
        new("serial-lines-without-end", _ => _isOpenEnded = true),
        new("serial-receiver-frozen", _ => _isFrozen = true),
        new("serial-port-taken", _ => _otherProgram = Open()),
    ];

    private SerialCable Far => _cable ?? throw new HilFailure("there is no cable");

    public override void SetUp(HilBench bench)
    {
        _cable = SerialCable.Open(Port, Other);
        // What an earlier suite sent to a port that was closed waits in the cable.
        using var device = Open();
        while (device.Read(new byte[4096], TimeSpan.FromMilliseconds(50)) > 0)
        {
        }
    }

    public override void TearDown()
    {
        _otherProgram?.Dispose();
        _cable?.Dispose();
        _cable = null;
    }

    private static SerialDevice Open() => SerialDevice.Open(Port, Settings);

    private static GnssWatch Watch()
    {
        var watch = new GnssWatch(new GnssWiring(Port, Settings) { MaxAge = MaxAge }, TimeProvider.System);
        watch.Start();
        return watch;
    }

    /// <summary>Of the simulated board's rover, with a receiver.</summary>
    private static GnssConfiguration ReadRobot()
    {
        var file = Path.Combine(Path.GetTempPath(), $"serial-{Environment.ProcessId}.yaml");
        File.WriteAllText(file, $"{File.ReadAllText(BenchRover.ConfigurationFile())}\ngnss: {{ port: serial, baud: {Settings.Baud}, talker: GN, max_age_ms: {MaxAge.TotalMilliseconds} }}\n");
        return ConfigurationReader.Read(file).Gnss ?? throw new HilFailure("the file's gnss was not read");
    }

    private static GnssReport? Newest(BusQueue told, ref GnssReport? report)
    {
        while (told.TryRead(out var delivery))
            report = (GnssReport)delivery.Message.Data!;
        return report;
    }

    /// <summary>Speaks until a fix of what was said here is there.</summary>
    private GnssFix NextFix(GnssWatch gnss, HilBench bench)
    {
        var first = _second + 1;
        var fix = default(GnssFix);
        bench.Until(() =>
        {
            SayTo(gnss);
            return gnss.TryGetFix(out fix) && fix is { SpeedMetersPerSecond: not null, TimeOfDay: { } time } && (int)time.TotalSeconds >= first;
        }, () => $"a fix arrives (trouble: {gnss.Trouble}; {gnss.Counts})", bench.Patience);
        return fix;
    }

    /// <summary>
    /// Says one moment, and the next one only when it has been heard: a port of User-Mode Linux that once held 4096 bytes unread receives nothing until it is opened anew.
    /// </summary>
    private void SayTo(GnssWatch gnss, int quality = 1) => SayTo(() => gnss.Bytes, quality);

    private void SayTo(Func<long> bytes, int quality = 1)
    {
        var heard = bytes();
        Say(quality);
        WaitUntilHeard(bytes, heard);
    }

    private static void WaitUntilHeard(Func<long> bytes, long before)
    {
        for (var i = 0; i < 100 && bytes() == before; i++)
            HilBench.Pause(TimeSpan.FromMilliseconds(10));
    }

    /// <summary>One moment of a receiver: GGA and RMC.</summary>
    private void Say(int quality = 1)
    {
        var time = TimeSpan.FromSeconds(_isFrozen ? 1 : ++_second).ToString("hhmmss", CultureInfo.InvariantCulture);
        SayLine($"GNGGA,{time}.00,4807.03800,N,01131.00000,W,{quality},12,0.90,545.4,M,46.9,M,,");
        SayLine($"GNRMC,{time}.00,{(quality == 0 ? 'V' : 'A')},4807.03800,N,01131.00000,W,{Knots.ToString(CultureInfo.InvariantCulture)},084.4,230326,,,A");
    }

    private void SayLine(string body) => Far.Send($"${body}*{body.Aggregate(0, (sum, letter) => sum ^ letter):X2}{(_isOpenEnded ? "" : "\r\n")}");
}
