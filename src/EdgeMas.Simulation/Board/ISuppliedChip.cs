namespace EdgeMas.Simulation.Board;

/// <summary>A chip that forgets what it was told when its supply fails. Any thread.</summary>
public interface ISuppliedChip
{
    /// <summary>The supply comes back: all registers are as in the data sheet.</summary>
    void PowerUp();
}
