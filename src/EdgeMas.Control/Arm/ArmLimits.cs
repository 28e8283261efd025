using EdgeMas.Control.Vehicles;
using EdgeMas.Core.Motion;

namespace EdgeMas.Control.Arm;

/// <summary>An arm's joints, and the limits that every command to its servos must pass. Metres, seconds, radians.</summary>
public sealed record ArmLimits
{
    /// <summary>2 to 6, from the base.</summary>
    public required IReadOnlyList<ArmJoint> Joints { get; init; }

    /// <summary>The corner of the box that the tool may not leave which is least in all three directions; the arm's base stands at the origin.</summary>
    public Vector3D WorkspaceLeast { get; init; } = new(-10, -10, 0);

    public Vector3D WorkspaceMost { get; init; } = new(10, 10, 10);

    /// <summary>How far a joint may be from where it was sent.</summary>
    public double MaxFollowingError { get; init; } = 0.15;

    /// <summary>For how long.</summary>
    public TimeSpan FollowingPatience { get; init; } = TimeSpan.FromMilliseconds(500);

    /// <summary>A joint has arrived this near.</summary>
    public double Tolerance { get; init; } = 0.02;

    public VehicleLimits Vehicle { get; init; } = new();

    /// <exception cref="ControlOptionsException">A value cannot be used; the message names it.</exception>
    public void Check()
    {
        const string name = nameof(ArmLimits);
        if (Joints.Count is < 2 or > JointVector.Capacity)
            throw new ControlOptionsException($"{name}.{nameof(Joints)}", $"{Joints.Count} joints: an arm has 2 to {JointVector.Capacity}");
        for (var i = 0; i < Joints.Count; i++)
            Joints[i].Check($"{name}.{nameof(Joints)}[{i}]");
        ControlOptionsException.ThrowUnlessAbove(MaxFollowingError, 0, $"{name}.{nameof(MaxFollowingError)}");
        ControlOptionsException.ThrowUnlessAbove(FollowingPatience, TimeSpan.Zero, $"{name}.{nameof(FollowingPatience)}");
        ControlOptionsException.ThrowUnlessAbove(Tolerance, 0, $"{name}.{nameof(Tolerance)}");
        if (!(WorkspaceLeast.X < WorkspaceMost.X && WorkspaceLeast.Y < WorkspaceMost.Y && WorkspaceLeast.Z < WorkspaceMost.Z))
            throw new ControlOptionsException($"{name}.{nameof(WorkspaceLeast)}", $"{WorkspaceLeast} must be below {WorkspaceMost} in all three directions");
        Vehicle.Check();
    }

    internal bool IsInWorkspace(in Vector3D tool) =>
        tool.X >= WorkspaceLeast.X && tool.Y >= WorkspaceLeast.Y && tool.Z >= WorkspaceLeast.Z
        && tool.X <= WorkspaceMost.X && tool.Y <= WorkspaceMost.Y && tool.Z <= WorkspaceMost.Z;
}
