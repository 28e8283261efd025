using EdgeMas.Devices.Chips.Gnss;
using EdgeMas.Testing;
using Microsoft.Extensions.Time.Testing;

namespace EdgeMas.Devices.Tests.Chips;

/// <summary>On a terminal of the kernel, the test playing the receiver.</summary>
public sealed class GnssWatchTests : IDisposable
{
    private readonly PseudoTerminal _far = new();
    private int _second;

    public void Dispose() => _far.Dispose();

    [Fact]
    public async Task A_receiver_gives_its_fix_and_no_trouble()
    {
        using var watch = Start(TimeProvider.System);
        await OpenAsync(watch);
        var fix = await FixAsync(watch);

        Assert.Equal(48 + (7.038 / 60), fix.LatitudeDegrees, 9);
        Assert.Equal(11 + (31.0 / 60), fix.LongitudeDegrees, 9);
        Assert.Null(watch.Trouble);
    }

    [Fact]
    public async Task A_fix_that_has_become_too_old_is_none_though_the_receiver_works()
    {
        var time = new FakeTimeProvider();
        using var watch = Start(time);
        await OpenAsync(watch);
        await FixAsync(watch);
        await HeardAsync(watch);
        time.Advance(TimeSpan.FromSeconds(0.9));
        Assert.True(watch.TryGetFix(out _));
        time.Advance(TimeSpan.FromSeconds(0.2));

        Assert.False(watch.TryGetFix(out var fix));
        Assert.False(fix.HasPosition);
        Assert.Null(watch.Trouble);
        await FixAsync(watch);
    }

    [Fact]
    public async Task A_receiver_that_repeats_one_moment_has_a_fix_that_becomes_old()
    {
        var time = new FakeTimeProvider();
        using var watch = Start(time);
        await OpenAsync(watch);
        await FixAsync(watch);
        await Until.TrueAsync(() =>
        {
            time.Advance(TimeSpan.FromMilliseconds(10));
            Say(NmeaDecoderTests.Gga(_second), NmeaDecoderTests.Rmc(_second));
            return !watch.TryGetFix(out _);
        });

        Assert.Null(watch.Trouble);
        await FixAsync(watch);
    }

    [Fact]
    public async Task A_receiver_without_a_view_of_the_sky_works_and_has_no_fix()
    {
        using var watch = Start(TimeProvider.System);
        await OpenAsync(watch);
        await FixAsync(watch);
        _second++;
        Say(NmeaDecoderTests.Gga(_second, quality: 0), NmeaDecoderTests.Rmc(_second));

        await Until.TrueAsync(() => !watch.TryGetFix(out _));
        Assert.Null(watch.Trouble);
    }

    [Fact]
    public async Task A_wrong_checksum_is_counted_and_changes_nothing()
    {
        using var watch = Start(TimeProvider.System);
        await OpenAsync(watch);
        await FixAsync(watch);
        var before = watch.Counts;
        Say("$GNGGA,123502.00,0000.00000,N,00000.00000,E,1,12,0.90,545.4,M,46.9,M,,*00");
        await Until.TrueAsync(() => watch.Counts.WrongChecksum == before.WrongChecksum + 1);

        Assert.StartsWith("wrong checksum: $GNGGA,123502.00,0000", watch.LastRefusal, StringComparison.Ordinal);
        Assert.True(!watch.TryGetFix(out var fix) || fix.LatitudeDegrees > 48);
    }

    [Fact]
    public async Task Silence_is_a_trouble_and_is_over_with_the_next_sentence()
    {
        var time = new FakeTimeProvider();
        using var watch = Start(time);
        await OpenAsync(watch);
        await FixAsync(watch);
        await Until.TrueAsync(() =>
        {
            time.Advance(TimeSpan.FromMilliseconds(20));
            return watch.Trouble is not null;
        });

        Assert.Contains(_far.Path, watch.Trouble, StringComparison.Ordinal);
        Assert.Contains("wire its TX", watch.Trouble, StringComparison.Ordinal);
        await FixAsync(watch);
        Assert.Null(watch.Trouble);
    }

    [Fact]
    public async Task Noise_at_a_wrong_rate_is_told_as_such()
    {
        var time = new FakeTimeProvider();
        using var watch = Start(time);
        await Until.TrueAsync(() =>
        {
            time.Advance(TimeSpan.FromMilliseconds(20));
            _far.Send([0xFF, 0x00, 0xF7, (byte)'\n']);
            return watch.Trouble?.Contains("check the rate", StringComparison.Ordinal) == true;
        });

        Assert.Contains("9600 baud 8N1", watch.Trouble, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_receiver_that_is_unplugged_is_a_trouble_and_is_looked_for_again()
    {
        using var watch = Start(TimeProvider.System);
        await OpenAsync(watch);
        await FixAsync(watch);
        _far.Unplug();
        await Until.TrueAsync(() => watch.Trouble?.Contains("unplugged", StringComparison.Ordinal) == true || watch.Trouble?.Contains("no such device", StringComparison.Ordinal) == true);

        await Until.TrueAsync(() => watch.Trouble?.Contains("no such device", StringComparison.Ordinal) == true); // looked for again, and its node has gone
        Assert.False(watch.TryGetFix(out _) && watch.Trouble is null);
    }

    [Fact]
    public async Task A_receiver_that_is_plugged_in_later_is_found()
    {
        var link = Path.Combine(Path.GetTempPath(), $"edgemas-gnss-{Guid.NewGuid():N}");
        using var watch = new GnssWatch(new GnssWiring(link), TimeProvider.System);
        watch.Start();
        try
        {
            await Until.TrueAsync(() => watch.Trouble?.Contains("no such device", StringComparison.Ordinal) == true);
            File.CreateSymbolicLink(link, _far.Path);

            await FixAsync(watch);
            Assert.Null(watch.Trouble);
        }
        finally
        {
            File.Delete(link);
        }
    }

    [Fact]
    public async Task What_gathered_while_the_reader_was_held_up_is_thrown_away()
    {
        var time = new HoldingTime();
        using var watch = Start(time);
        await OpenAsync(watch);
        await FixAsync(watch);
        await time.HoldAsync();
        var taken = watch.Counts.Taken;
        for (var i = 0; i < 7; i++)
        {
            _second++;
            Say(NmeaDecoderTests.Gga(_second), NmeaDecoderTests.Rmc(_second));
        }
        await time.LetGoAsync(TimeSpan.FromSeconds(7));

        Assert.Equal(taken, watch.Counts.Taken);
        Assert.False(watch.TryGetFix(out _));
        await FixAsync(watch);
    }

    private GnssWatch Start(TimeProvider time)
    {
        var watch = new GnssWatch(new GnssWiring(_far.Path) { MaxAge = TimeSpan.FromSeconds(1) }, time);
        watch.Start();
        return watch;
    }

    /// <summary>The port is open once something that was said has been heard.</summary>
    private Task OpenAsync(GnssWatch watch) => Until.TrueAsync(() =>
    {
        Say("$GPGSA,A,3,10,07,05,02,29,04,08,13,,,,,1.72,1.03,1.38*0A");
        return watch.Counts.Ignored > 0;
    });

    /// <summary>All that was said before has been taken: nothing newer comes by itself.</summary>
    private Task HeardAsync(GnssWatch watch)
    {
        var ignored = watch.Counts.Ignored;
        Say("$GPGSA,A,3,10,07,05,02,29,04,08,13,,,,,1.72,1.03,1.38*0A");
        return Until.TrueAsync(() => watch.Counts.Ignored > ignored);
    }

    private async Task<GnssFix> FixAsync(GnssWatch watch)
    {
        var fix = GnssFix.Nothing;
        await Until.TrueAsync(() =>
        {
            _second++;
            Say(NmeaDecoderTests.Gga(_second), NmeaDecoderTests.Rmc(_second));
            return watch.TryGetFix(out fix);
        });
        return fix;
    }

    private void Say(params ReadOnlySpan<string> lines)
    {
        foreach (var line in lines)
            _far.Send($"{line}\r\n");
    }

    /// <summary>A clock that stops the thread which asks for the time, as a stopped process does.</summary>
    private sealed class HoldingTime : TimeProvider
    {
        private readonly ManualResetEventSlim _go = new(initialState: true);
        private long _now = 1;
        private volatile int _asked;
        private volatile bool _isHeld;

        public override long TimestampFrequency => TimeSpan.TicksPerSecond;

        public override long GetTimestamp()
        {
            if (Thread.CurrentThread.Name == "GNSS receiver")
            {
                Interlocked.Increment(ref _asked);
                _isHeld = !_go.IsSet;
                _go.Wait(Until.Patience);
            }
            return Volatile.Read(ref _now);
        }

        public async Task HoldAsync()
        {
            _go.Reset();
            await Until.TrueAsync(() => _isHeld);
        }

        /// <summary>Until the thread asks again: it has done what it does then.</summary>
        public async Task LetGoAsync(TimeSpan after)
        {
            Interlocked.Add(ref _now, after.Ticks);
            var asked = _asked;
            _go.Set();
            await Until.TrueAsync(() => _asked > asked);
        }
    }
}
