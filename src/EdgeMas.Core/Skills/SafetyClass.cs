namespace EdgeMas.Core.Skills;

/// <summary>What a skill can do to the world; decides who may ask for it.</summary>
public enum SafetyClass
{
    /// <summary>Reads only.</summary>
    Observe,

    /// <summary>Speaks, stores, lights: nothing moves.</summary>
    Signal,

    /// <summary>Moves an actuator: passes the envelope, and needs its skill to be open to the order's source.</summary>
    Motion,
}
