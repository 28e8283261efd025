namespace EdgeMas.Control.Goals;

/// <summary>What the base shall do. NaN stands for "not asked for".</summary>
/// <param name="Distance">Metres, backwards negative; for <see cref="GoalKind.Drive"/>.</param>
/// <param name="Angle">Radians, left positive; for <see cref="GoalKind.Turn"/>.</param>
/// <param name="X">Metres; with <paramref name="Y"/> for <see cref="GoalKind.GoTo"/>.</param>
/// <param name="Heading">Radians, at the end of a <see cref="GoalKind.GoTo"/>; NaN for any.</param>
/// <param name="Speed">Metres a second, a wish below the envelope's limit; NaN for the loop's own.</param>
/// <param name="IsHoming">It leads to the dock, and may use the battery's reserve.</param>
public readonly record struct MotionGoal(GoalKind Kind, double Distance, double Angle, double X, double Y, double Heading, double Speed, bool IsHoming)
{
    public static MotionGoal Stop() => new(GoalKind.Stop, 0, 0, 0, 0, double.NaN, double.NaN, false);

    public static MotionGoal Drive(double distance, double speed = double.NaN) => new(GoalKind.Drive, distance, 0, 0, 0, double.NaN, speed, false);

    public static MotionGoal Turn(double angle) => new(GoalKind.Turn, 0, angle, 0, 0, double.NaN, double.NaN, false);

    public static MotionGoal GoTo(double x, double y, double heading = double.NaN, double speed = double.NaN, bool isHoming = false) =>
        new(GoalKind.GoTo, 0, 0, x, y, heading, speed, isHoming);

    /// <summary>Its numbers can be used.</summary>
    internal bool IsValid => Kind switch
    {
        GoalKind.Stop => true,
        GoalKind.Drive => Math.Abs(Distance) <= 1_000 && IsSpeed,
        GoalKind.Turn => Math.Abs(Angle) <= 100,
        GoalKind.GoTo => double.IsFinite(X) && double.IsFinite(Y) && !double.IsInfinity(Heading) && IsSpeed,
        _ => false,
    };

    private bool IsSpeed => double.IsNaN(Speed) || Speed > 0;
}
