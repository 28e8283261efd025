using EdgeMas.Core.Motion;

namespace EdgeMas.Control.Flight;

/// <summary>What a quadrotor shall do. NaN stands for "not asked for".</summary>
/// <param name="Target">Metres in the world; for <see cref="FlightGoalKind.FlyTo"/>, and of <see cref="FlightGoalKind.TakeOff"/> its height.</param>
/// <param name="Yaw">Radians that the nose points to; NaN keeps it.</param>
/// <param name="Speed">Metres a second, a wish below the envelope's limit; NaN for the loop's own.</param>
public readonly record struct FlightGoal(FlightGoalKind Kind, Vector3D Target, double Yaw, double Speed)
{
    public static FlightGoal Hover() => new(FlightGoalKind.Hover, default, double.NaN, double.NaN);

    public static FlightGoal TakeOff(double height) => new(FlightGoalKind.TakeOff, new Vector3D(0, 0, height), double.NaN, double.NaN);

    public static FlightGoal FlyTo(in Vector3D target, double yaw = double.NaN, double speed = double.NaN) => new(FlightGoalKind.FlyTo, target, yaw, speed);

    public static FlightGoal Land() => new(FlightGoalKind.Land, default, double.NaN, double.NaN);

    /// <summary>Its numbers can be used.</summary>
    internal bool IsValid => Target.IsFinite && !double.IsInfinity(Yaw) && (double.IsNaN(Speed) || Speed > 0)
        && Kind is FlightGoalKind.Hover or FlightGoalKind.TakeOff or FlightGoalKind.FlyTo or FlightGoalKind.Land;
}
