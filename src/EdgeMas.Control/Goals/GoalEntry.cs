namespace EdgeMas.Control.Goals;

/// <summary>A goal on its way to the control loop.</summary>
/// <param name="Fence">Of the lease under which it was given.</param>
internal readonly record struct GoalEntry<TGoal>(long Id, long Fence, TGoal Goal)
    where TGoal : unmanaged;
