using System.Globalization;
using System.Text;
using CsCheck;
using EdgeMas.Devices.Chips.Gnss;

namespace EdgeMas.Devices.Tests.Chips;

/// <summary>
/// Sentences from makers' documents: u-blox 6 Receiver Description GPS.G6-SW-10018 ("u-blox"), D. DePriest's NMEA data page, gpsinformation.org ("DePriest"), a Garmin 12XL's
/// output in the course notes of CSE 466, University of Washington ("Garmin"), and what a NEO-6M says before its first fix ("cold").
/// </summary>
public sealed class NmeaDecoderTests
{
    private const string UbloxGga = "$GPGGA,092725.00,4717.11399,N,00833.91590,E,1,08,1.01,499.6,M,48.0,M,,*5B";
    private const string UbloxRmc = "$GPRMC,083559.00,A,4717.11437,N,00833.91522,E,0.004,77.52,091202,,,A*57";
    private const string DePriestGga = "$GPGGA,123519,4807.038,N,01131.000,E,1,08,0.9,545.4,M,46.9,M,,*47";
    private const string DePriestRmc = "$GPRMC,123519,A,4807.038,N,01131.000,E,022.4,084.4,230394,003.1,W*6A";
    private const string GarminRmc = "$GPRMC,175741,A,4751.698,N,12209.774,W,000.0,360.0,191100,019.5,E*69";
    private const string ColdRmc = "$GPRMC,,V,,,,,,,,,,N*53";
    private const string ColdGga = "$GPGGA,,,,,,0,00,99.99,,,,,,*48";

    private readonly NmeaDecoder _decoder = new();

    [Fact]
    public void A_position_of_GGA_has_its_units_and_no_motion()
    {
        var fix = Take(UbloxGga)!.Value;

        Assert.Equal(GnssFixKind.Satellites, fix.Kind);
        Assert.Equal(47 + (17.11399 / 60), fix.LatitudeDegrees, 9);
        Assert.Equal(8 + (33.91590 / 60), fix.LongitudeDegrees, 9);
        Assert.Equal((499.6, 48.0, 8, 1.01), (fix.AltitudeMeters!.Value, fix.GeoidSeparationMeters!.Value, fix.Satellites!.Value, fix.HorizontalDilution!.Value));
        Assert.Equal(new TimeSpan(9, 27, 25), fix.TimeOfDay);
        Assert.Null(fix.SpeedMetersPerSecond);
        Assert.Null(fix.Utc);
    }

    [Fact]
    public void Motion_and_date_are_those_of_RMC()
    {
        var fix = Take(UbloxRmc)!.Value;

        Assert.Equal(0.004 * 1852 / 3600, fix.SpeedMetersPerSecond!.Value, 12);
        Assert.Equal(77.52, fix.CourseDegrees);
        Assert.Equal(new DateTimeOffset(2002, 12, 9, 8, 35, 59, TimeSpan.Zero), fix.Utc);
        Assert.Null(fix.AltitudeMeters);
    }

    [Fact]
    public void Both_of_one_moment_are_one_fix()
    {
        Take(DePriestGga);
        var fix = Take(DePriestRmc)!.Value;

        Assert.Equal((545.4, 84.4), (fix.AltitudeMeters!.Value, fix.CourseDegrees!.Value));
        Assert.Equal(11.5236, fix.SpeedMetersPerSecond!.Value, 4);
        Assert.Equal(new DateTimeOffset(1994, 3, 23, 12, 35, 19, TimeSpan.Zero), fix.Utc);
    }

    [Fact]
    public void South_and_west_are_negative_and_360_degrees_are_none()
    {
        var fix = Take(GarminRmc)!.Value;

        Assert.Equal(-(122 + (9.774 / 60)), fix.LongitudeDegrees, 9);
        Assert.Equal(0, fix.CourseDegrees);
        Assert.Equal(-(47 + (51.698 / 60)), Take(Sentence("GPGGA,175741,4751.698,S,12209.774,W,1,04,2.0,1,M,1,M,,"))!.Value.LatitudeDegrees, 9);
    }

    [Theory]
    [InlineData("GP")]
    [InlineData("GN")]
    [InlineData("GL")]
    [InlineData("GA")]
    [InlineData("GB")]
    public void Any_talker_is_understood(string talker) => Assert.NotNull(Take(Sentence($"{talker}{UbloxGga[3..^3]}")));

    [Fact]
    public void Where_one_talker_is_asked_for_the_others_are_ignored_and_counted()
    {
        var decoder = new NmeaDecoder("GN");

        Assert.False(decoder.TryTake(Encoding.Latin1.GetBytes(UbloxGga), out _));
        Assert.Equal(1, decoder.Counts.Ignored);
        Assert.True(decoder.TryTake(Encoding.Latin1.GetBytes(Gga(1)), out _));
        Assert.Throws<ArgumentException>(() => new NmeaDecoder("GPS"));
    }

    [Fact]
    public void Before_the_first_fix_there_is_a_word_and_no_position()
    {
        Take(ColdRmc);
        var fix = Take(ColdGga)!.Value;

        Assert.Equal((GnssFixKind.None, false), (fix.Kind, fix.HasPosition));
        Assert.True(double.IsNaN(fix.LatitudeDegrees));
        Assert.Equal(0, _decoder.Counts.Refused);
    }

    [Theory]
    [InlineData("123519,4807.038,N,01131.000,E,0,08,0.9,545.4,M,46.9,M,,", "123519,A,4807.038,N,01131.000,E,022.4,084.4,230394,,,A")]
    [InlineData("123519,4807.038,N,01131.000,E,1,08,0.9,545.4,M,46.9,M,,", "123519,V,4807.038,N,01131.000,E,022.4,084.4,230394,,,A")]
    [InlineData("123519,4807.038,N,01131.000,E,1,08,0.9,545.4,M,46.9,M,,", "123519,A,4807.038,N,01131.000,E,022.4,084.4,230394,,,N")]
    public void Where_one_of_both_knows_no_position_there_is_none(string gga, string rmc)
    {
        Take(Sentence($"GPGGA,{gga}"));
        var fix = Take(Sentence($"GPRMC,{rmc}"))!.Value;

        Assert.False(fix.HasPosition);
        Assert.Equal((double.NaN, double.NaN, null, null), (fix.LatitudeDegrees, fix.LongitudeDegrees, fix.AltitudeMeters, fix.SpeedMetersPerSecond));
    }

    [Fact]
    public void A_moment_is_told_when_all_of_it_has_come_and_one_that_lost_a_sentence_is_left_out()
    {
        Assert.NotNull(Take(Gga(0)));
        Assert.NotNull(Take(Rmc(0)));
        Assert.Null(Take(Gga(1))); // RMC is waited for
        Assert.NotNull(Take(Rmc(1))?.SpeedMetersPerSecond);
        Assert.Null(Take(Gga(2)));
        Assert.NotNull(Take(Gga(3))); // its moment before had no RMC
        Assert.NotNull(Take(Rmc(3))?.SpeedMetersPerSecond);
    }

    [Theory]
    [InlineData("$GPGGA,092725.00,4717.11399,N,00833.91590,E,1,08,1.01,499.6,M,48.0,M,,*5C", "wrong checksum")]
    [InlineData("$GPGGA,092725.00,4717.11399,N,00833.91590,E,1,08,1.01,499.7,M,48.0,M,,*5B", "wrong checksum")]
    [InlineData("$GPGGA,092725.00,4717.11399,N,00833.91590,E,1,08,1.01,499.6,M,48.0,M,,", "no checksum")]
    [InlineData("$GPGGA,092725.00,4717.11399,N,00833.91590,E,1,08,1.01,499.6,M,48.0,M,,*5", "no checksum")]
    [InlineData("GPGGA,092725.00,4717", "no sentence")]
    [InlineData("\u00ff\u0000x", "noise")]
    [InlineData("$GPGGA,\u001b[2J*00", "noise")]
    public void What_is_no_sentence_in_order_is_counted_and_told(string line, string why)
    {
        Assert.Null(Take(line));
        Assert.StartsWith(why, _decoder.LastRefusal, StringComparison.Ordinal);
        Assert.DoesNotContain(_decoder.LastRefusal!, letter => letter is < ' ' or > '~');
        Assert.Equal(1, _decoder.Counts.Refused);
        Assert.Equal(why == "wrong checksum" ? 1 : 0, _decoder.Counts.WrongChecksum);
    }

    [Theory]
    [InlineData("GPGGA,092725.00,9117.11399,N,00833.91590,E,1,08,1.01,499.6,M,48.0,M,,")] // 91 degrees
    [InlineData("GPGGA,092725.00,9000.00001,N,00833.91590,E,1,08,1.01,499.6,M,48.0,M,,")]
    [InlineData("GPGGA,092725.00,4760.00000,N,00833.91590,E,1,08,1.01,499.6,M,48.0,M,,")] // 60 minutes
    [InlineData("GPGGA,092725.00,47-1.00000,N,00833.91590,E,1,08,1.01,499.6,M,48.0,M,,")]
    [InlineData("GPGGA,092725.00,4717.11399,E,00833.91590,N,1,08,1.01,499.6,M,48.0,M,,")]
    [InlineData("GPGGA,092725.00,4717.11399,N,18100.00000,E,1,08,1.01,499.6,M,48.0,M,,")]
    [InlineData("GPGGA,092725.00,4717.11399,N,833.91590,E,1,08,1.01,499.6,M,48.0,M,,")] // 833 degrees
    [InlineData("GPGGA,092725.00,,,,,1,08,1.01,499.6,M,48.0,M,,")] // a fix without a position
    [InlineData("GPGGA,092725.00,4717.11399,N,00833.91590,E,9,08,1.01,499.6,M,48.0,M,,")]
    [InlineData("GPGGA,092725.00,4717.11399,N,00833.91590,E,,08,1.01,499.6,M,48.0,M,,")]
    [InlineData("GPGGA,092725.00,4717.11399,N,00833.91590,E,1,08,NaN,499.6,M,48.0,M,,")]
    [InlineData("GPGGA,092725.00,4717.11399,N,00833.91590,E,1,08,-1,499.6,M,48.0,M,,")]
    [InlineData("GPGGA,092725.00,4717.11399,N,00833.91590,E,1,08,1.01,1e9,M,48.0,M,,")]
    [InlineData("GPGGA,092725.00,4717.11399,N,00833.91590,E,1,08,1.01,499.6,F,48.0,M,,")] // feet
    [InlineData("GPGGA,242725.00,4717.11399,N,00833.91590,E,1,08,1.01,499.6,M,48.0,M,,")] // 24 o'clock
    [InlineData("GPGGA,09272,4717.11399,N,00833.91590,E,1,08,1.01,499.6,M,48.0,M,,")]
    [InlineData("GPGGA,0927.5,4717.11399,N,00833.91590,E,1,08,1.01,499.6,M,48.0,M,,")]
    [InlineData("GPRMC,083559.00,B,4717.11437,N,00833.91522,E,0.004,77.52,091202,,,A")]
    [InlineData("GPRMC,083559.00,A,4717.11437,N,00833.91522,E,-1,77.52,091202,,,A")]
    [InlineData("GPRMC,083559.00,A,4717.11437,N,00833.91522,E,0.004,361,091202,,,A")]
    [InlineData("GPRMC,083559.00,A,4717.11437,N,00833.91522,E,0.004,77.52,300202,,,A")] // 30 February
    [InlineData("GPRMC,083559.00,A,4717.11437,N,00833.91522,E,0.004,77.52,091202,,,X")]
    [InlineData("GPRMC")]
    public void A_field_out_of_its_range_is_refused_whatever_the_checksum_says(string body)
    {
        Assert.Null(Take(Sentence(body)));
        Assert.Equal((1, 0), (_decoder.Counts.BadField, _decoder.Counts.WrongChecksum));
    }

    [Theory]
    [InlineData("$GPGSA,A,3,10,07,05,02,29,04,08,13,,,,,1.72,1.03,1.38*0A")]
    [InlineData("$PGRMM,WGS 84*06")]
    public void Other_sentences_are_ignored(string line)
    {
        Assert.Null(Take(line));
        Assert.Equal(new NmeaCounts(0, 1, 0, 0, 0), _decoder.Counts);
    }

    [Fact]
    public void A_sentence_behind_one_that_broke_off_is_read() => Assert.NotNull(Take($"$GPGGA,0927{UbloxRmc}"));

    [Fact]
    public void A_leap_second_is_the_first_of_the_next_day()
    {
        var fix = Take(Sentence("GNRMC,235960.00,A,4717.11437,N,00833.91522,E,0.004,77.52,311216,,,A"))!.Value;

        Assert.Equal(new DateTimeOffset(2017, 1, 1, 0, 0, 0, TimeSpan.Zero), fix.Utc);
    }

    [Fact]
    public void Any_position_comes_back_as_it_was_written() =>
        Gen.Select(Gen.Double[-90, 90], Gen.Double[-180, 180], Gen.Double[0, 500], Gen.Double[0, 359.9], Gen.Int[0, 86_399]).Sample((latitude, longitude, speed, course, second) =>
        {
            var time = TimeSpan.FromSeconds(second).ToString("hhmmss", CultureInfo.InvariantCulture);
            var body = string.Create(CultureInfo.InvariantCulture,
                $"GNRMC,{time}.00,A,{Angle(latitude, 2)},{(latitude < 0 ? 'S' : 'N')},{Angle(longitude, 3)},{(longitude < 0 ? 'W' : 'E')},{speed * 3600 / 1852:F4},{course:F2},010125,,,A");
            Assert.True(new NmeaDecoder().TryTake(Encoding.ASCII.GetBytes(Sentence(body)), out var fix), body);
            Assert.Equal(latitude, fix.LatitudeDegrees, 1e-6);
            Assert.Equal(longitude, fix.LongitudeDegrees, 1e-6);
            Assert.Equal(speed, fix.SpeedMetersPerSecond!.Value, 1e-3);
            Assert.Equal(course, fix.CourseDegrees!.Value, 0.0051);
            Assert.Equal(TimeSpan.FromSeconds(second), fix.TimeOfDay);
        });

    [Fact]
    public void Any_bytes_are_taken_or_counted_and_never_thrown() =>
        Gen.Byte.Array[0, 200].Sample(line =>
        {
            var decoder = new NmeaDecoder();
            decoder.TryTake(line, out var fix);
            Assert.Equal(1, decoder.Counts.Taken + decoder.Counts.Ignored + decoder.Counts.Refused);
            Assert.True(IsInRange(fix));
        });

    [Fact]
    public void Sentences_with_any_fields_and_a_right_checksum_give_figures_in_their_ranges_or_none() =>
        Gen.Select(Gen.OneOf(Gen.Const("GNGGA"), Gen.Const("GPRMC")),
            Gen.OneOf(Gen.String[Gen.Char[' ', '~'], 0, 12], Gen.OneOf(Gen.Const("A"), Gen.Const("N"), Gen.Const("E"), Gen.Const("1"), Gen.Const("M"), Gen.Const(""), Gen.Const("123519"), Gen.Const("4807.038"), Gen.Const("01131.000"), Gen.Const("1e300"), Gen.Const("NaN"), Gen.Const("-0"), Gen.Const("99999999999999999999"))).Array[0, 16]).Sample((type, fields) =>
        {
            var decoder = new NmeaDecoder();
            decoder.TryTake(Encoding.ASCII.GetBytes(Sentence($"{type},{string.Join(',', fields)}")), out var fix);
            Assert.Equal(1, decoder.Counts.Taken + decoder.Counts.Ignored + decoder.Counts.Refused);
            Assert.True(IsInRange(fix), fix.ToString());
        });

    [Fact]
    public void A_single_changed_letter_of_a_sentence_never_becomes_a_fix() =>
        Gen.Select(Gen.Int[1, UbloxGga.Length - 4], Gen.Byte).Sample((at, value) =>
        {
            var line = Encoding.ASCII.GetBytes(UbloxGga);
            if (line[at] == value)
                return;
            line[at] = value;
            var decoder = new NmeaDecoder();
            Assert.False(decoder.TryTake(line, out _));
            Assert.Equal(1, decoder.Counts.Refused);
        });

    [Fact]
    public void Taking_and_refusing_allocate_nothing()
    {
        byte[][] lines = [.. new[] { UbloxGga, UbloxRmc, ColdGga, UbloxGga[..^1], "\u00ff", Sentence("GPGGA,x") }.Select(Encoding.Latin1.GetBytes)];
        for (var round = 0; ; round++)
        {
            var before = GC.GetAllocatedBytesForCurrentThread();
            foreach (var line in lines)
                _decoder.TryTake(line, out _);
            var allocated = GC.GetAllocatedBytesForCurrentThread() - before;
            if (round < 3) // calls are compiled
                continue;
            Assert.Equal(0, allocated);
            return;
        }
    }

    /// <summary>With the checksum of a different hand than the decoder's.</summary>
    internal static string Sentence(string body) => $"${body}*{body.Aggregate(0, (sum, letter) => sum ^ letter):X2}";

    internal static string Gga(int second, int quality = 1) => Sentence($"GNGGA,{Time(second)}.00,4807.03800,N,01131.00000,E,{quality},12,0.90,545.4,M,46.9,M,,");

    internal static string Rmc(int second) => Sentence($"GNRMC,{Time(second)}.00,A,4807.03800,N,01131.00000,E,022.4,084.4,230326,,,A");

    private static string Time(int second) => TimeSpan.FromSeconds(second).ToString("hhmmss", CultureInfo.InvariantCulture);

    private static string Angle(double degrees, int digits)
    {
        var hundredThousandths = (long)Math.Round(Math.Abs(degrees) * 60 * 100_000);
        return (hundredThousandths / 6_000_000).ToString($"D{digits}", CultureInfo.InvariantCulture) + ((hundredThousandths % 6_000_000) / 100_000.0).ToString("00.00000", CultureInfo.InvariantCulture);
    }

    private static bool IsInRange(in GnssFix fix) => fix.HasPosition
        ? Math.Abs(fix.LatitudeDegrees) <= 90 && Math.Abs(fix.LongitudeDegrees) <= 180 && fix.CourseDegrees is null or (>= 0 and < 360) && fix.SpeedMetersPerSecond is null or >= 0
        : double.IsNaN(fix.LatitudeDegrees) && double.IsNaN(fix.LongitudeDegrees) && fix.SpeedMetersPerSecond is null;

    private GnssFix? Take(string line) => _decoder.TryTake(Encoding.Latin1.GetBytes(line), out var fix) ? fix : null;
}
