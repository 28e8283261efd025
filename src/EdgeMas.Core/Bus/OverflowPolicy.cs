namespace EdgeMas.Core.Bus;

/// <summary>What a full queue does with one more.</summary>
public enum OverflowPolicy
{
    /// <summary>The oldest waiting message makes room and is counted as dropped: for states, where the newest matters.</summary>
    DropOldest,

    /// <summary>The new message is refused and the publisher told: for orders and steps, where none may vanish unseen.</summary>
    Refuse,
}
