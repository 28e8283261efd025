using EdgeMas.Inference;

namespace EdgeMas.Host.Checkup;

/// <summary>llama.cpp's libraries and the variant that it takes for this processor.</summary>
internal sealed class LlamaCheck : ICheck
{
    public string Name => "llama.cpp";

    /// <summary>Every robot plans with a language model.</summary>
    public bool IsNeeded(Patient patient) => true;

    public Task<IReadOnlyList<Finding>> LookAsync(Patient patient, CancellationToken cancellationToken)
    {
        var backend = LlamaRuntime.Load();
        var found = Finding.Ok(Name, $"loads, with {Path.GetFileName(backend)} from {Path.GetDirectoryName(backend)}");
        return Task.FromResult<IReadOnlyList<Finding>>(LlamaRuntime.BuiltBackendRefused is { } refused ? [found, Finding.Lacking(Name, needed: false, refused)] : [found]);
    }
}
