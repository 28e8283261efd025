using EdgeMas.Audio.Recognition;

namespace EdgeMas.Host.Checkup;

/// <summary>whisper.cpp's library, and the configured model.</summary>
internal sealed class WhisperCheck : ICheck
{
    public string Name => "whisper.cpp";

    public bool IsNeeded(Patient patient) => patient.HasAgent("audio") && patient.Needs(robot => robot.Audio.Recognizer == "whisper");

    public Task<IReadOnlyList<Finding>> LookAsync(Patient patient, CancellationToken cancellationToken)
    {
        WhisperRecognizer.RequireLibrary();
        if (!IsNeeded(patient))
            return Task.FromResult<IReadOnlyList<Finding>>([Finding.Ok(Name, "its library loads")]);
        var model = patient.Configuration!.Audio.Model!;
        new WhisperRecognizer(new WhisperOptions(model)).Dispose();
        return Task.FromResult<IReadOnlyList<Finding>>([Finding.Ok(Name, $"loads {model}")]);
    }
}
