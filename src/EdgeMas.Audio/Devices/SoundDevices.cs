using EdgeMas.Audio.Native;

namespace EdgeMas.Audio.Devices;

/// <summary>The sound devices that ALSA knows on this machine, those of its configuration file included. Any thread.</summary>
public static class SoundDevices
{
    /// <exception cref="AudioDeviceException">ALSA is not installed, or its configuration cannot be read.</exception>
    public static IReadOnlyList<SoundDevice> List()
    {
        try
        {
            return AlsaHints.Read();
        }
        catch (DllNotFoundException error)
        {
            throw AlsaPcm.Missing("*", "list the devices", error);
        }
    }

    /// <summary>Opens a microphone and closes it again.</summary>
    /// <exception cref="AudioDeviceException">It cannot be opened; the message says why and how to mend it.</exception>
    public static void TryCapture(string device) => PcmHandle.OpenCapture(device).Dispose();

    /// <summary>Opens a loudspeaker and closes it again.</summary>
    /// <exception cref="AudioDeviceException">It cannot be opened; the message says why and how to mend it.</exception>
    public static void TryPlayback(string device) => PcmHandle.OpenPlayback(device).Dispose();
}
