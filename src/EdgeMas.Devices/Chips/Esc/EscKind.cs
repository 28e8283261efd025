namespace EdgeMas.Devices.Chips.Esc;

/// <summary>What a speed controller makes of its pulse.</summary>
public enum EscKind
{
    /// <summary>1 ms stands, 2 ms is full power: propellers.</summary>
    Forward,

    /// <summary>1.5 ms stands, 1 ms is full power backwards: cars and thrusters.</summary>
    ForwardAndBackward,
}
