using EdgeMas.Audio.Recognition;
using Microsoft.Extensions.Logging.Abstractions;

namespace EdgeMas.Host.Checkup;

/// <summary>PocketSphinx and its English model.</summary>
internal sealed class PocketSphinxCheck : ICheck
{
    public string Name => "PocketSphinx";

    public bool IsNeeded(Patient patient) => patient.HasAgent("audio") && patient.Needs(robot => robot.Audio.Recognizer == "pocketsphinx");

    public Task<IReadOnlyList<Finding>> LookAsync(Patient patient, CancellationToken cancellationToken)
    {
        var options = new PocketSphinxOptions();
        new PocketSphinxRecognizer(options, NullLogger.Instance).Dispose();
        return Task.FromResult<IReadOnlyList<Finding>>([Finding.Ok(Name, $"loads its model in {options.ModelDirectory}")]);
    }
}
