namespace EdgeMas.Control.Vehicles;

/// <summary>A goal on its way to the control loop.</summary>
/// <param name="Fence">Of the lease under which it was given.</param>
internal readonly record struct VehicleEntry<TGoal>(long Id, long Fence, TGoal Goal)
    where TGoal : unmanaged;
