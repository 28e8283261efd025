namespace EdgeMas.Control.Goals;

/// <summary>How fast a thing may go that has to come to rest after a given way.</summary>
internal static class SpeedProfile
{
    /// <summary>
    /// Constant deceleration from afar, and a proportional landing that meets it without a kink in speed: v = √(2a(d − a/2k²)) where that is above a/k, else kd.
    /// </summary>
    /// <param name="way">Metres or radians still to go; below zero counts as none.</param>
    /// <param name="deceleration">Per second squared.</param>
    /// <param name="gain">Of the landing, per second.</param>
    internal static double SpeedFor(double way, double deceleration, double gain)
    {
        if (!(way > 0))
            return 0;
        var landing = deceleration / (gain * gain);
        return way <= landing ? gain * way : Math.Sqrt(2 * deceleration * (way - (landing / 2)));
    }
}
