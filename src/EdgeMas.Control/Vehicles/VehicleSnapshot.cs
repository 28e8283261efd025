using EdgeMas.Control.Loop;

namespace EdgeMas.Control.Vehicles;

/// <summary>A vehicle at one tick.</summary>
/// <param name="Tick">Ticks since the start.</param>
/// <param name="GoalId">The newest goal that the loop has taken; 0 before the first.</param>
/// <param name="Cause">Why the goal did not end as asked.</param>
/// <param name="Limited">Which limit the envelope applies now.</param>
/// <param name="Clamped">Times that a limit began to change the commands.</param>
/// <param name="Refused">Goals that were never begun.</param>
/// <param name="Forbidden">Why the vehicle is on its way to its safe state, or in it; <see cref="MotionCause.None"/> while it may move.</param>
/// <param name="Body">What only this kind of vehicle has.</param>
public readonly record struct VehicleSnapshot<TBody>(
    long Tick, long GoalId, MotionState State, MotionCause Cause, MotionCause Limited, long Clamped, long Refused, bool EStop, MotionCause Forbidden, TBody Body)
    where TBody : unmanaged
{
    /// <summary>A goal is being worked on.</summary>
    public bool IsMoving => State == MotionState.Running;
}
