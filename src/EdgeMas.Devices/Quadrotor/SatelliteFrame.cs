using EdgeMas.Core.Motion;
using EdgeMas.Devices.Chips.Gnss;

namespace EdgeMas.Devices.Quadrotor;

/// <summary>Makes metres in the world of what a receiver tells, near a place where both are known. One thread; allocates nothing.</summary>
/// <param name="xAxisBearing">Of the world's x axis, radians clockwise from true north.</param>
/// <remarks>Source: National Geospatial-Intelligence Agency, WGS 84 (NGA.STND.0036), the ellipsoid's radii of curvature in the meridian and the prime vertical.</remarks>
internal sealed class SatelliteFrame(double xAxisBearing)
{
    private const double SemiMajorAxis = 6_378_137;
    private const double Flattening = 1 / 298.257_223_563;
    private const double Degree = Math.PI / 180;

    /// <summary>Fixes that the place is the mean of, the newest counting most beyond.</summary>
    private const int MeanOf = 50;

    private readonly double _sine = Math.Sin(xAxisBearing), _cosine = Math.Cos(xAxisBearing);
    private double _latitude, _longitude, _altitude, _northPerDegree, _eastPerDegree;
    private Vector3D _place;
    private int _fixes;

    /// <summary>Fixes by which the place is known.</summary>
    internal int Fixes => _fixes;

    /// <summary>The fix was told by a body that stood in this place.</summary>
    internal void Stand(in GnssFix fix, in Vector3D place)
    {
        if (_fixes == 0 || (place - _place).HorizontalLength > 1)
            (_latitude, _longitude, _altitude, _fixes) = (fix.LatitudeDegrees, fix.LongitudeDegrees, fix.AltitudeMeters ?? 0, 0);
        _fixes = Math.Min(_fixes + 1, MeanOf);
        _latitude += (fix.LatitudeDegrees - _latitude) / _fixes;
        _longitude += EastOf(fix) / _fixes;
        _altitude += ((fix.AltitudeMeters ?? _altitude) - _altitude) / _fixes;
        _place = place;
        var eccentricity = Flattening * (2 - Flattening);
        var sine = Math.Sin(_latitude * Degree);
        var root = Math.Sqrt(1 - (eccentricity * sine * sine));
        _northPerDegree = Degree * SemiMajorAxis * (1 - eccentricity) / (root * root * root);
        _eastPerDegree = Degree * SemiMajorAxis / root * Math.Cos(_latitude * Degree);
    }

    /// <returns>Metres; z is NaN where the receiver tells no altitude.</returns>
    internal Vector3D PlaceOf(in GnssFix fix) =>
        _place + InWorld((fix.LatitudeDegrees - _latitude) * _northPerDegree, EastOf(fix) * _eastPerDegree, (fix.AltitudeMeters ?? double.NaN) - _altitude);

    /// <summary>Metres a second over ground; NaN where the receiver tells no speed. At a standstill there is no course.</summary>
    internal Vector3D VelocityOf(in GnssFix fix)
    {
        if (fix.SpeedMetersPerSecond is not { } speed)
            return new Vector3D(double.NaN, double.NaN, 0);
        var course = (fix.CourseDegrees ?? 0) * Degree;
        speed = fix.CourseDegrees is null ? 0 : speed;
        return InWorld(speed * Math.Cos(course), speed * Math.Sin(course), 0);
    }

    /// <summary>Degrees, the shorter way: 180 east is 180 west.</summary>
    private double EastOf(in GnssFix fix) => Math.IEEERemainder(fix.LongitudeDegrees - _longitude, 360);

    private Vector3D InWorld(double north, double east, double up) => new((north * _cosine) + (east * _sine), (north * _sine) - (east * _cosine), up);
}
