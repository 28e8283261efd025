using EdgeMas.Control.Drives;

namespace EdgeMas.Control.Goals;

/// <summary>Works on one goal: from where the base is to how it should move. The envelope comes after it.</summary>
/// <remarks>The control loop's thread only; allocates nothing.</remarks>
internal interface IGoalController
{
    /// <summary>As of the last update.</summary>
    MotionCommand Command { get; }

    /// <summary>Metres to go; radians for a turn.</summary>
    double Remaining { get; }

    /// <summary>Everything is done and the base stands.</summary>
    bool IsDone { get; }

    /// <param name="goal">One that the base's drive can do.</param>
    void Begin(in MotionGoal goal);

    /// <summary>Stands, from the next update on.</summary>
    void Rest();

    void Update();
}
