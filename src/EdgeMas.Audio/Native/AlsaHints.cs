using System.Runtime.InteropServices;
using EdgeMas.Audio.Devices;

namespace EdgeMas.Audio.Native;

/// <summary>ALSA's own list of PCM names, as <c>aplay -L</c> and <c>arecord -L</c> print it.</summary>
internal static class AlsaHints
{
    /// <exception cref="AudioDeviceException">ALSA's configuration cannot be read.</exception>
    internal static unsafe IReadOnlyList<SoundDevice> Read()
    {
        AudioDeviceException.ThrowIfError(AlsaPcm.snd_device_name_hint(AlsaPcm.AllCards, "pcm", out var hints), "*", "list the devices");
        var devices = new List<SoundDevice>();
        for (var hint = (nint*)hints; *hint != 0; hint++)
        {
            var direction = Take(*hint, "IOID"); // null for both
            if (Take(*hint, "NAME") is { } name)
                devices.Add(new SoundDevice(name, Take(*hint, "DESC")?.ReplaceLineEndings(", ") ?? "", direction != "Output", direction != "Input"));
        }
        _ = AlsaPcm.snd_device_name_free_hint(hints); // only fails for a list that is none
        return devices;
    }

    /// <summary>The text belongs to whoever asked, who frees it with C's free.</summary>
    private static unsafe string? Take(nint hint, string id)
    {
        var text = AlsaPcm.snd_device_name_get_hint(hint, id);
        var taken = Marshal.PtrToStringUTF8(text);
        NativeMemory.Free((void*)text);
        return taken;
    }
}
