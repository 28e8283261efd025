namespace EdgeMas.Simulation.Running;

/// <summary>How a simulation is paced.</summary>
public sealed record SimulationOptions
{
    /// <summary>Virtual time of one step: the control loop's period.</summary>
    public TimeSpan Step { get; init; } = TimeSpan.FromMilliseconds(10);

    /// <summary>Virtual seconds per real second at most, as fast as possible, while nothing moves: agents that think and talk must not be overtaken.</summary>
    public double IdleSpeed { get; init; } = 10;

    /// <summary>Real time that a step waits at most for the callbacks of timers that it or an earlier one fired; faster than real time only.</summary>
    public TimeSpan SettleLimit { get; init; } = TimeSpan.FromMilliseconds(250);

    /// <summary>Real time that a step waits at most for the thread pool's queue to be empty; as fast as possible only.</summary>
    public TimeSpan PoolLimit { get; init; } = TimeSpan.FromMilliseconds(50);

    internal void Check()
    {
        ArgumentOutOfRangeException.ThrowIfLessThanOrEqual(Step, TimeSpan.Zero);
        if (!(IdleSpeed > 0))
            throw new ArgumentOutOfRangeException(nameof(IdleSpeed), IdleSpeed, "the idle speed is above zero");
        ArgumentOutOfRangeException.ThrowIfLessThan(SettleLimit, TimeSpan.Zero);
        ArgumentOutOfRangeException.ThrowIfLessThan(PoolLimit, TimeSpan.Zero);
    }
}
