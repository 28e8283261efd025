using System.Globalization;
using EdgeMas.Core.Motion;
using EdgeMas.Simulation.Flight;
using EdgeMas.Simulation.World;

namespace EdgeMas.Simulation.Board;

/// <summary>A GNSS receiver on the air's quadrotor: it tells where that is in the sentences of NMEA 0183, with errors that wander. One thread.</summary>
/// <remarks>The world's x axis points east, its origin lies at 48° N 11.5° E. Source of the metres of a degree: the series of the WGS 84 ellipsoid (NIMA TR8350.2).</remarks>
internal sealed class WiredReceiver(QuadrotorWorld world, WiredQuadrotorFaults faults, long seed)
{
    private const double Latitude = 48;
    private const double Longitude = 11.5;
    private const double Altitude = 520;
    private const double MetersPerSecondPerKnot = 1852.0 / 3600;

    // Standard deviations. The error wanders over a minute or so.
    private const double WanderM = 0.4;
    private const double WanderPerTelling = 0.02;
    private const double NoiseM = 0.05;
    private const double SpeedNoise = 0.04;

    private static readonly double NorthPerDegree = 111_132.954 - (559.822 * Math.Cos(2 * Latitude * Math.PI / 180)) + (1.175 * Math.Cos(4 * Latitude * Math.PI / 180));
    private static readonly double EastPerDegree = (111_412.84 * Math.Cos(Latitude * Math.PI / 180)) - (93.5 * Math.Cos(3 * Latitude * Math.PI / 180));

    private readonly Noise _noise = new(seed, stream: 21);
    private Vector3D _wander;
    private int _tellings;

    /// <summary>What it says now: a GGA and an RMC.</summary>
    internal string Tell()
    {
        var truth = world.Truth;
        var keep = Math.Sqrt(1 - (WanderPerTelling * WanderPerTelling / WanderM / WanderM));
        _wander = new Vector3D((keep * _wander.X) + (WanderPerTelling * _noise.Normal()), (keep * _wander.Y) + (WanderPerTelling * _noise.Normal()), (keep * _wander.Z) + (WanderPerTelling * _noise.Normal()));
        var (at, moving) = (truth.Position + _wander + Some(NoiseM), truth.Velocity + Some(SpeedNoise));
        if (faults.SatellitesElsewhere)
            (at, moving) = (new Vector3D(at.Y, at.X, at.Z), new Vector3D(moving.Y, moving.X, moving.Z));
        var time = TimeSpan.FromMilliseconds(200L * ++_tellings).ToString("hhmmss\\.ff", CultureInfo.InvariantCulture);
        var place = string.Create(CultureInfo.InvariantCulture, $"{Angle(Latitude + (at.Y / NorthPerDegree), 2)},N,{Angle(Longitude + (at.X / EastPerDegree), 3)},E");
        var course = ((Math.Atan2(moving.X, moving.Y) * 180 / Math.PI) + 360) % 360;
        return Sentence(string.Create(CultureInfo.InvariantCulture, $"GNGGA,{time},{place},1,14,0.80,{Altitude + at.Z:F2},M,47.1,M,,"))
            + Sentence(string.Create(CultureInfo.InvariantCulture, $"GNRMC,{time},A,{place},{moving.HorizontalLength / MetersPerSecondPerKnot:F3},{course:F2},230326,,,A"));
    }

    private Vector3D Some(double sigma) => new(sigma * _noise.Normal(), sigma * _noise.Normal(), sigma * _noise.Normal());

    private static string Angle(double degrees, int digits)
    {
        var whole = Math.Floor(degrees);
        return whole.ToString(new string('0', digits), CultureInfo.InvariantCulture) + ((degrees - whole) * 60).ToString("00.000000", CultureInfo.InvariantCulture);
    }

    private static string Sentence(string body) => $"${body}*{body.Aggregate(0, (sum, letter) => sum ^ letter):X2}\r\n";
}
