namespace EdgeMas.Control.Pacing;

/// <summary>What a control thread asks of the system. What the system refuses is told and done without.</summary>
public sealed record RealtimeOptions
{
    /// <summary>SCHED_FIFO priority, 1 to 98; 0 for the usual scheduling.</summary>
    public int Priority { get; init; } = 80;

    /// <summary>The processor to stay on, away from those that infer; null for any.</summary>
    public int? Processor { get; init; }

    /// <summary>Keeps the whole process's memory from being swapped out.</summary>
    public bool LockMemory { get; init; } = true;

    internal void Check()
    {
        const string name = nameof(RealtimeOptions);
        ControlOptionsException.ThrowUnlessWithin(Priority, 0, 98, $"{name}.{nameof(Priority)}");
        if (Processor is { } processor)
            ControlOptionsException.ThrowUnlessWithin(processor, 0, Math.Min(1023, Environment.ProcessorCount - 1), $"{name}.{nameof(Processor)}");
    }
}
