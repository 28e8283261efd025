using EdgeMas.Audio.Devices;

namespace EdgeMas.Host.Checkup;

/// <summary>The sound devices that ALSA knows, and whether those that the robot would use open.</summary>
internal sealed class SoundCheck : ICheck
{
    public string Name => "sound";

    /// <summary>A robot without <c>--mic</c> and with no loudspeaker configured needs none.</summary>
    public bool IsNeeded(Patient patient) => false;

    public Task<IReadOnlyList<Finding>> LookAsync(Patient patient, CancellationToken cancellationToken)
    {
        var devices = SoundDevices.List();
        List<Finding> findings = [Finding.Ok(Name, devices.Count == 0 ? "ALSA lists no device" : $"ALSA lists {string.Join("; ", devices.Select(Tell))}")];
        var audio = patient.Configuration?.Audio;
        findings.Add(Try("microphone", audio?.Device ?? "default", needed: false, SoundDevices.TryCapture, "needed only with --mic"));
        if (audio is null or { Sink: "none" or "wav" })
            findings.Add(Try("loudspeaker", "default", needed: false, SoundDevices.TryPlayback, "none is configured"));
        else
            findings.Add(Try("loudspeaker", audio.Sink, needed: patient.HasAgent("audio"), SoundDevices.TryPlayback, "configured as audio.sink"));
        return Task.FromResult<IReadOnlyList<Finding>>(findings);
    }

    private static string Tell(SoundDevice device) =>
        $"{device.Name} ({(device.CanCapture, device.CanPlay) switch { (true, true) => "in and out", (true, false) => "in", _ => "out" }})";

    private static Finding Try(string name, string device, bool needed, Action<string> open, string remark)
    {
        try
        {
            open(device);
            return Finding.Ok(name, $"'{device}' opens");
        }
        catch (AudioDeviceException error)
        {
            return Finding.Lacking(name, needed, $"'{device}' {error.Problem} ({remark})", "plug it in, or name one of 'arecord -L' and 'aplay -L'");
        }
    }
}
