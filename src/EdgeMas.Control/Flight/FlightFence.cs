using EdgeMas.Control.Envelope;
using EdgeMas.Control.Goals;
using EdgeMas.Core.Motion;

namespace EdgeMas.Control.Flight;

/// <summary>The prism that a quadrotor may not leave: a polygon, a floor and a ceiling. Immutable; its questions allocate nothing.</summary>
internal sealed class FlightFence(FlightLimits limits)
{
    /// <summary>Share of the acceleration that is planned with; the rest is in hand for lag and wind.</summary>
    private const double PlannedShare = 0.5;

    /// <summary>Seconds from a velocity's setpoint to the body's following it.</summary>
    private const double ReactionSeconds = 0.4;

    /// <summary>Per second: how the last metre before a limit is approached, and how it comes back from beyond.</summary>
    private const double LandingGain = 1;

    private const double ReturnSpeed = 1;

    private readonly Point2D[] _corners = [.. limits.Geofence];
    private readonly Geofence _polygon = new(limits.Geofence);

    internal bool Contains(in Vector3D point) => _polygon.Contains(point.X, point.Y) && point.Z <= limits.Ceiling;

    /// <summary>Whether something may hold there: inside by the margin, between floor and ceiling.</summary>
    internal bool AllowsPoint(in Vector3D point)
    {
        if (!Contains(point) || point.Z < limits.Floor || point.Z > limits.Ceiling - limits.FenceMargin + 1e-9)
            return false;
        for (var i = 0; i < _corners.Length; i++)
        {
            var (x, y) = Nearest(i, point);
            if (Math.Sqrt((x * x) + (y * y)) < limits.FenceMargin - 1e-9)
                return false;
        }
        return true;
    }

    /// <summary>Whether the straight way to an allowed point stays inside; from outside it leads back in.</summary>
    internal bool AllowsWay(in Vector3D from, in Vector3D to)
    {
        var way = to - from;
        var length = way.HorizontalLength;
        return _polygon.IsOpen || length < 1e-9 || !_polygon.Contains(from.X, from.Y)
            || _polygon.DistanceAlong(from.X, from.Y, way.X / length, way.Y / length) > length;
    }

    /// <summary>Takes from a velocity what leads towards a limit too fast; beyond one it leads back.</summary>
    /// <param name="velocity">That is asked for.</param>
    /// <param name="moving">That the body has now.</param>
    /// <param name="isLanding">The floor does not count.</param>
    internal Vector3D Limit(in Vector3D velocity, in Vector3D position, in Vector3D moving, bool isLanding)
    {
        var (x, y) = (velocity.X, velocity.Y);
        if (!_polygon.Contains(position.X, position.Y))
        {
            (x, y) = BackIn(position);
        }
        else
        {
            for (var i = 0; i < 2 * _corners.Length; i++) // twice: what one edge takes away may lead to another
            {
                var (nearX, nearY) = Nearest(i % _corners.Length, position);
                var distance = Math.Sqrt((nearX * nearX) + (nearY * nearY));
                if (distance < 1e-9)
                    continue;
                var (ux, uy) = (nearX / distance, nearY / distance);
                var excess = (x * ux) + (y * uy) - SpeedTowards(distance - limits.FenceMargin, (moving.X * ux) + (moving.Y * uy));
                if (excess > 0)
                    (x, y) = (x - (excess * ux), y - (excess * uy));
            }
        }
        var z = Math.Min(velocity.Z, SpeedTowards(limits.Ceiling - limits.FenceMargin - position.Z, moving.Z));
        if (!isLanding)
            z = Math.Max(z, -SpeedTowards(position.Z - limits.Floor, -moving.Z));
        return new Vector3D(x, y, z);
    }

    /// <param name="ahead">Metres to where it has to be at rest; below zero beyond.</param>
    /// <param name="moving">Metres a second towards it now.</param>
    private double SpeedTowards(double ahead, double moving)
    {
        ahead -= Math.Max(0, moving) * ReactionSeconds;
        return ahead >= 0
            ? SpeedProfile.SpeedFor(ahead, limits.MaxAcceleration * PlannedShare, LandingGain)
            : Math.Max(-ReturnSpeed, LandingGain * ahead);
    }

    private (double X, double Y) BackIn(in Vector3D position)
    {
        var (best, x, y) = (double.PositiveInfinity, 0.0, 0.0);
        for (var i = 0; i < _corners.Length; i++)
        {
            var (nearX, nearY) = Nearest(i, position);
            var distance = Math.Sqrt((nearX * nearX) + (nearY * nearY));
            if (distance < best)
                (best, x, y) = (distance, nearX, nearY);
        }
        return best < 1e-9 ? (0, 0) : (x / best * ReturnSpeed, y / best * ReturnSpeed);
    }

    /// <returns>From the position to the nearest point of an edge.</returns>
    private (double X, double Y) Nearest(int edge, in Vector3D position)
    {
        var near = new Point2D(position.X, position.Y).NearestOn(_corners[edge], _corners[(edge + 1) % _corners.Length]);
        return (near.X - position.X, near.Y - position.Y);
    }
}
