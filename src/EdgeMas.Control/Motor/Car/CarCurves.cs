using EdgeMas.Core.Motion;

namespace EdgeMas.Control.Motor.Car;

/// <summary>
/// The ways of three pieces from one pose to another: arc–straight–arc and arc–arc–arc, each piece forwards or backwards. Arcs have the same radius. There are always at least
/// four of the first kind, and of the second where the poses are near to each other: turning at one place is one.
/// </summary>
/// <remarks>
/// Any thread. Source: J. Reeds and L. Shepp, Optimal paths for a car that goes both forwards and backwards, Pacific Journal of Mathematics 145(2), 1990, whose words of three letters
/// these are, solved over the middles of the circles; each arc is at most half a turn. Its longer words are left out: <see cref="CarPlanner"/> searches where no short one fits.
/// </remarks>
internal static class CarCurves
{
    /// <summary>Shorter pieces are left out.</summary>
    private const double Shortest = 1e-4;

    /// <summary>Left and right, forwards and backwards.</summary>
    private static readonly int[] Sides = [1, -1];

    /// <param name="radius">Of every arc, metres.</param>
    internal static IEnumerable<CarSegment[]> Between(Pose2D from, Pose2D to, double radius)
    {
        foreach (var first in Sides)
        {
            foreach (var last in Sides)
            {
                var (dx, dy) = Offset(from, first, to, last, radius);
                var (distance, bearing) = (Math.Sqrt((dx * dx) + (dy * dy)), Math.Atan2(dy, dx));
                foreach (var direction in Sides)
                {
                    if (first == last)
                        yield return Straight(from, to, first, last, bearing + (direction > 0 ? 0 : Math.PI), direction * distance, radius);
                    else if (distance >= 2)
                        yield return Crossing(from, to, first, direction * Math.Sqrt((distance * distance) - 4), bearing, radius);
                    if (first == last && distance is > 1e-9 and <= 4)
                        yield return Arcs(from, to, first, bearing, distance, direction, radius);
                }
            }
        }
    }

    /// <returns>From the middle of the first circle to that of the last, in radii.</returns>
    private static (double X, double Y) Offset(in Pose2D from, int first, in Pose2D to, int last, double radius)
    {
        var (sin, cos) = Math.SinCos(from.Heading);
        var (endSin, endCos) = Math.SinCos(to.Heading);
        return (((to.X - from.X) / radius) - (last * endSin) + (first * sin), ((to.Y - from.Y) / radius) + (last * endCos) - (first * cos));
    }

    private static CarSegment[] Straight(in Pose2D from, in Pose2D to, int first, int last, double heading, double straight, double radius) => Join(
        from, radius, (first, first * Angles.Wrap(heading - from.Heading)), (0, straight), (last, last * Angles.Wrap(to.Heading - heading)));

    /// <summary>From one side to the other: the straight piece passes between the circles.</summary>
    private static CarSegment[] Crossing(in Pose2D from, in Pose2D to, int first, double straight, double bearing, double radius) =>
        Straight(from, to, first, -first, bearing + Math.Atan2(2 * first, straight), straight, radius);

    /// <param name="choice">On which side of the line between their middles the circle in between lies.</param>
    private static CarSegment[] Arcs(in Pose2D from, in Pose2D to, int side, double bearing, double distance, int choice, double radius)
    {
        var lean = choice * Math.Acos(distance / 4);
        var leaving = bearing + lean + (side * Math.PI / 2);
        var coming = bearing + Math.PI - lean + (side * Math.PI / 2);
        return Join(
            from, radius, (side, side * Angles.Wrap(leaving - from.Heading)), (-side, -side * Angles.Wrap(coming - leaving)), (side, side * Angles.Wrap(to.Heading - coming)));
    }

    /// <param name="pieces">Side and length in radii.</param>
    private static CarSegment[] Join(in Pose2D from, double radius, params ReadOnlySpan<(int Side, double Length)> pieces)
    {
        var way = new List<CarSegment>(pieces.Length);
        var at = from;
        foreach (var (side, length) in pieces)
        {
            if (Math.Abs(length) * radius < Shortest)
                continue;
            var segment = new CarSegment(at, length * radius, side / radius);
            way.Add(segment);
            at = segment.End;
        }
        return [.. way];
    }
}
