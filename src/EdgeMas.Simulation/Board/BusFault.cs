namespace EdgeMas.Simulation.Board;

/// <summary>What is wrong with a chip on the simulated board's bus.</summary>
public enum BusFault
{
    None,

    /// <summary>Unplugged: its address is not acknowledged.</summary>
    Silent,

    /// <summary>Holds the bus: transfers run into the kernel's timeout.</summary>
    Hang,

    /// <summary>Answers all reads with the bytes of the last read before.</summary>
    Freeze,

    /// <summary>Acknowledges writes and ignores them.</summary>
    Deaf,

    /// <summary>Answers every read with one bit wrong.</summary>
    Noise,
}
