using EdgeMas.Host.Shelf;
using EdgeMas.Inference;

namespace EdgeMas.Host.Checkup;

/// <summary>Free memory beside what the configured model takes.</summary>
internal sealed class MemoryCheck : ICheck
{
    /// <summary>The program with all agents, measured at 120 MB, and room for pictures.</summary>
    private const long ProgramBytes = 256_000_000;

    public string Name => "memory";

    public bool IsNeeded(Patient patient) => true;

    public Task<IReadOnlyList<Finding>> LookAsync(Patient patient, CancellationToken cancellationToken)
    {
        var free = LlamaRuntime.AvailableMemory;
        var model = patient.Configuration is { } robot ? ModelShelf.Open().PathOf(robot.Model) : null;
        var needed = ProgramBytes + (model is null ? 0 : new FileInfo(model).Length * 3 / 2); // weights, and keys and values beside them
        var text = $"{free / 1e6:N0} MB free, of {GC.GetGCMemoryInfo().TotalAvailableMemoryBytes / 1e6:N0} MB; about {needed / 1e6:N0} MB are used";
        return Task.FromResult<IReadOnlyList<Finding>>(
            [free >= needed ? Finding.Ok(Name, text) : Finding.Lacking(Name, patient.Configuration is not null, text, "stop other programs, or configure a smaller model")]);
    }
}
