using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using EdgeMas.Audio.Devices;

namespace EdgeMas.Audio.Native;

/// <summary>Owns one open PCM.</summary>
internal sealed class PcmHandle : SafeHandle
{
    private PcmHandle(nint pcm) : base(0, ownsHandle: true) => SetHandle(pcm);

    public override bool IsInvalid => handle == 0;

    /// <exception cref="AudioDeviceException">The device is missing, busy or forbidden, or libasound is not installed.</exception>
    internal static PcmHandle OpenCapture(string device) => Open(device, AlsaPcm.StreamCapture);

    /// <inheritdoc cref="OpenCapture"/>
    internal static PcmHandle OpenPlayback(string device) => Open(device, AlsaPcm.StreamPlayback);

    protected override bool ReleaseHandle() => AlsaPcm.snd_pcm_close(handle) == 0;

    private static unsafe PcmHandle Open(string device, int stream)
    {
        try
        {
            // ALSA writes what goes wrong to standard error, over a live display too; the exception says the same.
            _ = AlsaPcm.snd_lib_error_set_handler(&Ignore);
            // Opened without blocking, so that a busy device is an error and not a wait without end.
            var error = AlsaPcm.snd_pcm_open(out var pcm, device, stream, AlsaPcm.ModeNonBlocking);
            AudioDeviceException.ThrowIfError(error, device, "open");
            return new PcmHandle(pcm);
        }
        catch (DllNotFoundException error)
        {
            throw AlsaPcm.Missing(device, "open", error);
        }
    }

    [UnmanagedCallersOnly(CallConvs = [typeof(CallConvCdecl)])]
    private static void Ignore(nint file, int line, nint function, int error, nint format)
    {
    }
}
