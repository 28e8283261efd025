using EdgeMas.Audio.Synthesis;

namespace EdgeMas.Host.Checkup;

/// <summary>espeak-ng and the configured voice: says a word into memory.</summary>
internal sealed class EspeakCheck : ICheck
{
    public string Name => "espeak-ng";

    public bool IsNeeded(Patient patient) => patient.HasAgent("audio") && patient.Needs(robot => robot.Audio.Sink != "none");

    public async Task<IReadOnlyList<Finding>> LookAsync(Patient patient, CancellationToken cancellationToken)
    {
        var options = patient.Configuration is { } robot ? new EspeakOptions { Voice = robot.Audio.Voice, WordsPerMinute = robot.Audio.WordsPerMinute } : new EspeakOptions();
        using var voice = new EspeakSynthesizer(options);
        var word = await voice.SynthesizeAsync("ready", cancellationToken);
        return [Finding.Ok(Name, FormattableString.Invariant($"speaks with voice {options.Voice}, {word.SampleRate} Hz"))];
    }
}
