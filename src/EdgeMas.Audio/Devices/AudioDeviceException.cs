using System.Runtime.InteropServices;
using EdgeMas.Audio.Native;

namespace EdgeMas.Audio.Devices;

/// <summary>A sound device refused a call.</summary>
public sealed class AudioDeviceException(string device, string action, string reason, Exception? inner = null)
    : IOException($"sound device '{device}': cannot {action}: {reason}. 'arecord -L' and 'aplay -L' list the devices, 'edgemas doctor' tries them", inner)
{
    public string Device { get; } = device;

    /// <summary>What failed and why, without the device's name and the hint.</summary>
    public string Problem { get; } = $"cannot {action}: {reason}";

    internal static void ThrowIfError(long error, string device, string action)
    {
        if (error < 0)
            throw new AudioDeviceException(device, action, Marshal.PtrToStringUTF8(AlsaPcm.snd_strerror((int)error)) ?? $"error {error}");
    }
}
