using System.Reflection;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using EdgeMas.Audio.Recognition;
using EdgeMas.Core.Assets;

namespace EdgeMas.Audio.Native;

/// <summary>Finds and loads libwhisper, once for the process. It brings its own ggml and shows only its own names, so llama.cpp's stays apart.</summary>
internal static class WhisperLibrary
{
    internal const string PackagedPath = "build/whisper/libwhisper.so";

    private static readonly Lock Gate = new();
    private static nint _library;

    /// <exception cref="SpeechEngineException">Not built, or built for another machine.</exception>
    internal static unsafe void Load(string? path)
    {
        lock (Gate)
        {
            if (_library != 0)
                return;
            var file = path ?? AssetLocator.FindNative(PackagedPath)
                ?? throw new SpeechEngineException("whisper", $"native/{PackagedPath} is not built. Build it, once: scripts/build-whisper.sh");
            try
            {
                _library = NativeLibrary.Load(Path.GetFullPath(file));
            }
            catch (Exception error) when (error is DllNotFoundException or BadImageFormatException)
            {
                throw new SpeechEngineException("whisper", $"'{file}' cannot be loaded: {error.Message.ReplaceLineEndings(" ")}. Build it again: scripts/build-whisper.sh --force", error);
            }
            NativeLibrary.SetDllImportResolver(typeof(WhisperLibrary).Assembly, Resolve);
            Whisper.whisper_log_set(&Ignore, 0); // it would tell standard error every step
        }
    }

    /// <summary>Zero leaves the assembly's other libraries to the system's loader.</summary>
    private static nint Resolve(string name, Assembly assembly, DllImportSearchPath? searchPath) =>
        string.Equals(name, Whisper.Library, StringComparison.Ordinal) ? _library : 0;

    [UnmanagedCallersOnly(CallConvs = [typeof(CallConvCdecl)])]
    private static void Ignore(int level, nint text, nint data)
    {
    }
}
