using System.Runtime.InteropServices;
using EdgeMas.Audio.Devices;

namespace EdgeMas.Audio.Native;

/// <summary>libasound's PCM calls, under their own names. Source: alsa-lib 1.2, <c>pcm.h</c> and <c>error.h</c>.</summary>
internal static unsafe partial class AlsaPcm
{
    internal const int StreamPlayback = 0;
    internal const int StreamCapture = 1;
    internal const int FormatS16LittleEndian = 2;
    internal const int AccessInterleaved = 3;
    internal const int ModeNonBlocking = 1;
    internal const int AllCards = -1;

    private const string Library = "libasound.so.2";

    internal static AudioDeviceException Missing(string device, string action, DllNotFoundException error) =>
        new(device, action, $"{Library} is not installed: apt-get install libasound2", error);

    [LibraryImport(Library, StringMarshalling = StringMarshalling.Utf8)]
    internal static partial int snd_pcm_open(out nint pcm, string name, int stream, int mode);

    [LibraryImport(Library)]
    internal static partial int snd_pcm_set_params(
        PcmHandle pcm, int format, int access, uint channels, uint rate, int softResample, uint latencyMicroseconds);

    [LibraryImport(Library)]
    internal static partial int snd_pcm_nonblock(PcmHandle pcm, int nonBlocking);

    [LibraryImport(Library)]
    internal static partial int snd_pcm_start(PcmHandle pcm);

    [LibraryImport(Library)]
    internal static partial int snd_pcm_prepare(PcmHandle pcm);

    [LibraryImport(Library)]
    internal static partial int snd_pcm_wait(PcmHandle pcm, int milliseconds);

    [LibraryImport(Library)]
    internal static partial nint snd_pcm_readi(PcmHandle pcm, Span<short> buffer, nuint frames);

    [LibraryImport(Library)]
    internal static partial nint snd_pcm_writei(PcmHandle pcm, ReadOnlySpan<short> buffer, nuint frames);

    [LibraryImport(Library)]
    internal static partial int snd_pcm_recover(PcmHandle pcm, int error, int silent);

    [LibraryImport(Library)]
    internal static partial int snd_pcm_drain(PcmHandle pcm);

    [LibraryImport(Library)]
    internal static partial int snd_pcm_drop(PcmHandle pcm);

    [LibraryImport(Library)]
    internal static partial int snd_pcm_close(nint pcm);

    [LibraryImport(Library, StringMarshalling = StringMarshalling.Utf8)]
    internal static partial int snd_device_name_hint(int card, string kind, out nint hints);

    [LibraryImport(Library, StringMarshalling = StringMarshalling.Utf8)]
    internal static partial nint snd_device_name_get_hint(nint hint, string id);

    [LibraryImport(Library)]
    internal static partial int snd_device_name_free_hint(nint hints);

    [LibraryImport(Library)]
    internal static partial nint snd_strerror(int error);

    /// <summary>The handler is variadic in C; its named arguments come first, so one that ignores the rest may be given.</summary>
    [LibraryImport(Library)]
    internal static partial int snd_lib_error_set_handler(delegate* unmanaged[Cdecl]<nint, int, nint, int, nint, void> handler);
}
