namespace EdgeMas.Devices.Chips.Gnss;

/// <summary>What one GGA or RMC tells.</summary>
/// <param name="Fix">Figures that a sentence of this kind has; the others are null.</param>
internal readonly record struct NmeaReport(NmeaKinds Kind, GnssFix Fix)
{
    private const double MetersPerSecondPerKnot = 1852.0 / 3600; // a nautical mile an hour, by definition
    private const double MostKnots = 20_000; // in orbit
    private const double MostAltitudeMeters = 1_000_000;
    private const double MostSeparationMeters = 200; // the geoid's own are −107 to 86 m
    private const double MostDilution = 100; // receivers write 99.99 for none
    private const double MostSatellites = 200;

    /// <returns>False for a field out of its range, or a position that is missing where there should be one.</returns>
    internal static bool TryRead(NmeaSentence sentence, NmeaKinds kind, out NmeaReport report)
    {
        report = default;
        if (!(kind == NmeaKinds.Gga ? TryReadGga(sentence, out var fix) : TryReadRmc(sentence, out fix)))
            return false;
        if (!fix.HasPosition)
            fix = fix with { LatitudeDegrees = double.NaN, LongitudeDegrees = double.NaN, AltitudeMeters = null, SpeedMetersPerSecond = null, CourseDegrees = null };
        else if (double.IsNaN(fix.LatitudeDegrees) || double.IsNaN(fix.LongitudeDegrees))
            return false;
        report = new NmeaReport(kind, fix);
        return true;
    }

    private static bool TryReadGga(NmeaSentence sentence, out GnssFix fix)
    {
        fix = GnssFix.Nothing;
        var quality = sentence.Field(5);
        if (quality.Length != 1 || quality[0] is < (byte)'0' or > (byte)'8'
            || !NmeaFields.TryTime(sentence.Field(0), out var time)
            || !NmeaFields.TryAngle(sentence.Field(1), sentence.Field(2), 2, out var latitude) || !NmeaFields.TryAngle(sentence.Field(3), sentence.Field(4), 3, out var longitude)
            || !NmeaFields.TryNumber(sentence.Field(6), 0, MostSatellites, out var satellites) || !NmeaFields.TryNumber(sentence.Field(7), 0, MostDilution, out var dilution)
            || !NmeaFields.TryNumber(sentence.Field(8), -MostAltitudeMeters, MostAltitudeMeters, out var altitude) || !IsMeters(sentence.Field(9))
            || !NmeaFields.TryNumber(sentence.Field(10), -MostSeparationMeters, MostSeparationMeters, out var separation) || !IsMeters(sentence.Field(11)))
            return false;
        fix = fix with
        {
            Kind = (GnssFixKind)(quality[0] - '0'),
            LatitudeDegrees = latitude ?? double.NaN,
            LongitudeDegrees = longitude ?? double.NaN,
            AltitudeMeters = altitude,
            GeoidSeparationMeters = separation,
            Satellites = (int?)satellites,
            HorizontalDilution = dilution,
            TimeOfDay = time,
        };
        return true;
    }

    private static bool TryReadRmc(NmeaSentence sentence, out GnssFix fix)
    {
        fix = GnssFix.Nothing;
        var status = sentence.Field(1);
        if (status.Length != 1 || status[0] is not ((byte)'A' or (byte)'V') || !TryMode(sentence.Field(11), out var kind)
            || !NmeaFields.TryTime(sentence.Field(0), out var time) || !NmeaFields.TryDate(sentence.Field(8), out var date)
            || !NmeaFields.TryAngle(sentence.Field(2), sentence.Field(3), 2, out var latitude) || !NmeaFields.TryAngle(sentence.Field(4), sentence.Field(5), 3, out var longitude)
            || !NmeaFields.TryNumber(sentence.Field(6), 0, MostKnots, out var knots) || !NmeaFields.TryNumber(sentence.Field(7), 0, 360, out var course))
            return false;
        fix = fix with
        {
            Kind = status[0] == (byte)'A' ? kind : GnssFixKind.None, // V is a warning, whatever the mode
            LatitudeDegrees = latitude ?? double.NaN,
            LongitudeDegrees = longitude ?? double.NaN,
            SpeedMetersPerSecond = knots * MetersPerSecondPerKnot,
            CourseDegrees = course == 360 ? 0 : course,
            TimeOfDay = time,
            Utc = date + time,
        };
        return true;
    }

    /// <summary>The field of NMEA 2.3 and later; receivers of older versions leave it out.</summary>
    private static bool TryMode(ReadOnlySpan<byte> field, out GnssFixKind kind)
    {
        kind = GnssFixKind.Satellites;
        if (field.IsEmpty)
            return true;
        GnssFixKind? found = field.Length != 1 ? null : (char)field[0] switch
        {
            'N' => GnssFixKind.None,
            'A' => GnssFixKind.Satellites,
            'D' => GnssFixKind.Differential,
            'P' => GnssFixKind.Precise,
            'R' => GnssFixKind.RtkFixed,
            'F' => GnssFixKind.RtkFloat,
            'E' => GnssFixKind.Estimated,
            'M' => GnssFixKind.Manual,
            'S' => GnssFixKind.Simulated,
            _ => null,
        };
        kind = found ?? GnssFixKind.None;
        return found is not null;
    }

    private static bool IsMeters(ReadOnlySpan<byte> unit) => unit.IsEmpty || (unit.Length == 1 && unit[0] == (byte)'M');
}
