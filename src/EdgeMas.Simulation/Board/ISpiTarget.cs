namespace EdgeMas.Simulation.Board;

/// <summary>A chip on the simulated board's SPI bus. Called by the board's thread.</summary>
public interface ISpiTarget
{
    /// <summary>One transfer: as many bytes come back as were sent.</summary>
    void Transfer(ReadOnlySpan<byte> sent, Span<byte> received);
}
