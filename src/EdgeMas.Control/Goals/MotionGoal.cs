using EdgeMas.Core.Motion;

namespace EdgeMas.Control.Goals;

/// <summary>What the base shall do. NaN stands for "not asked for".</summary>
/// <param name="Distance">Metres, backwards negative; for <see cref="GoalKind.Drive"/> and <see cref="GoalKind.Arc"/>. To the left, for <see cref="GoalKind.Strafe"/>.</param>
/// <param name="Angle">Radians, left positive; for <see cref="GoalKind.Turn"/>, and what the heading gains along an <see cref="GoalKind.Arc"/>.</param>
/// <param name="X">Metres; with <paramref name="Y"/> for <see cref="GoalKind.GoTo"/>, and where an <see cref="GoalKind.Arc"/> was planned to begin.</param>
/// <param name="Heading">Radians, at the end of a <see cref="GoalKind.GoTo"/>; NaN for any. At the beginning of an <see cref="GoalKind.Arc"/>; NaN to begin where the base stands.</param>
/// <param name="Speed">Metres a second, a wish below the envelope's limit; NaN for the loop's own.</param>
/// <param name="IsHoming">It leads to the dock, and may use the battery's reserve.</param>
public readonly record struct MotionGoal(GoalKind Kind, double Distance, double Angle, double X, double Y, double Heading, double Speed, bool IsHoming)
{
    public static MotionGoal Stop() => new(GoalKind.Stop, 0, 0, 0, 0, double.NaN, double.NaN, false);

    public static MotionGoal Drive(double distance, double speed = double.NaN) => new(GoalKind.Drive, distance, 0, 0, 0, double.NaN, speed, false);

    /// <param name="distance">Metres to the left, to the right negative.</param>
    public static MotionGoal Strafe(double distance, double speed = double.NaN) => new(GoalKind.Strafe, distance, 0, 0, 0, double.NaN, speed, false);

    /// <summary>An arc of radius |distance / angle|; a straight line for no angle.</summary>
    public static MotionGoal Arc(double distance, double angle, double speed = double.NaN) => new(GoalKind.Arc, distance, angle, 0, 0, double.NaN, speed, false);

    /// <summary>An arc that begins at a planned pose, near which the base stands: it is led to that arc.</summary>
    public static MotionGoal Arc(in Pose2D from, double distance, double angle, double speed = double.NaN, bool isHoming = false) =>
        new(GoalKind.Arc, distance, angle, from.X, from.Y, from.Heading, speed, isHoming);

    public static MotionGoal Turn(double angle) => new(GoalKind.Turn, 0, angle, 0, 0, double.NaN, double.NaN, false);

    public static MotionGoal GoTo(double x, double y, double heading = double.NaN, double speed = double.NaN, bool isHoming = false) =>
        new(GoalKind.GoTo, 0, 0, x, y, heading, speed, isHoming);

    /// <summary>Its numbers can be used.</summary>
    internal bool IsValid => Kind switch
    {
        GoalKind.Stop => true,
        GoalKind.Drive or GoalKind.Strafe => Math.Abs(Distance) <= 1_000 && IsSpeed,
        GoalKind.Turn => Math.Abs(Angle) <= 100,
        GoalKind.Arc => Math.Abs(Distance) is > 0 and <= 1_000 && Math.Abs(Angle) <= 2 * Math.PI && double.IsFinite(X) && double.IsFinite(Y) && !double.IsInfinity(Heading) && IsSpeed,
        GoalKind.GoTo => double.IsFinite(X) && double.IsFinite(Y) && !double.IsInfinity(Heading) && IsSpeed,
        _ => false,
    };

    private bool IsSpeed => double.IsNaN(Speed) || Speed > 0;
}
