namespace EdgeMas.Devices.Chips.Gnss;

/// <summary>The sentences of one moment, put together.</summary>
internal struct NmeaEpoch
{
    private GnssFix _gga;
    private GnssFix _rmc;
    private TimeSpan? _time;

    internal NmeaKinds Seen { get; private set; }

    /// <summary>Where both came, the position is GGA's; one of them that knows none is believed.</summary>
    internal readonly GnssFix Fix
    {
        get
        {
            if (Seen != (NmeaKinds.Gga | NmeaKinds.Rmc))
                return Seen == NmeaKinds.Gga ? _gga : _rmc;
            var both = _gga with { Utc = _rmc.Utc, TimeOfDay = _gga.TimeOfDay ?? _rmc.TimeOfDay };
            return _gga.HasPosition && _rmc.HasPosition
                ? both with { SpeedMetersPerSecond = _rmc.SpeedMetersPerSecond, CourseDegrees = _rmc.CourseDegrees }
                : both with { Kind = GnssFixKind.None, LatitudeDegrees = double.NaN, LongitudeDegrees = double.NaN, AltitudeMeters = null };
        }
    }

    /// <summary>It is of this moment. A receiver without a clock yet tells no time: then a second sentence of a kind begins another.</summary>
    internal readonly bool Takes(in NmeaReport report) => Seen == NmeaKinds.None || ((Seen & report.Kind) == NmeaKinds.None && report.Fix.TimeOfDay == _time);

    internal void Add(in NmeaReport report)
    {
        _time = report.Fix.TimeOfDay;
        Seen |= report.Kind;
        if (report.Kind == NmeaKinds.Gga)
            _gga = report.Fix;
        else
            _rmc = report.Fix;
    }
}
