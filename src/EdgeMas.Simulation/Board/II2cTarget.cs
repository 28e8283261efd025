namespace EdgeMas.Simulation.Board;

/// <summary>A chip on the simulated board's I2C bus, as it sees the bus. Called by the board's thread.</summary>
public interface II2cTarget
{
    /// <summary>The bytes of one write, from start to stop or to the next start.</summary>
    void Write(ReadOnlySpan<byte> bytes);

    /// <summary>Fills all bytes that the other side reads.</summary>
    void Read(Span<byte> bytes);
}
