using EdgeMas.Audio.VoiceActivity;

namespace EdgeMas.Host.Checkup;

/// <summary>ONNX Runtime with a network that it runs: the voice detector.</summary>
internal sealed class OnnxCheck : ICheck
{
    public string Name => "ONNX Runtime";

    public bool IsNeeded(Patient patient) => patient.HasAgent("audio");

    public Task<IReadOnlyList<Finding>> LookAsync(Patient patient, CancellationToken cancellationToken)
    {
        using var detector = new SileroVad();
        var silence = detector.Probability(new short[detector.WindowSamples]);
        return Task.FromResult<IReadOnlyList<Finding>>([Finding.Ok(Name, FormattableString.Invariant($"runs the voice detector (silence is speech with {silence:0.000})"))]);
    }
}
