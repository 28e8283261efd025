namespace EdgeMas.Control;

/// <summary>Angles in radians.</summary>
internal static class Angles
{
    /// <returns>The same direction in (−π, π].</returns>
    internal static double Wrap(double angle)
    {
        var wrapped = Math.IEEERemainder(angle, 2 * Math.PI);
        return wrapped <= -Math.PI ? wrapped + (2 * Math.PI) : wrapped;
    }
}
