namespace EdgeMas.Control.Leases;

/// <summary>Whose wish to move the base weighs more: a higher one takes the lease from a lower, an equal one waits for it.</summary>
public enum MotionPriority
{
    /// <summary>What moves the base when nobody else wants it: patrols, returning home.</summary>
    Background,

    /// <summary>Missions.</summary>
    Agent,

    /// <summary>A person who steers.</summary>
    Person,

    /// <summary>Whoever brings the base out of danger.</summary>
    Safety,
}
