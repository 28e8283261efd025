using System.Runtime.InteropServices;

namespace EdgeMas.Audio.Native;

/// <summary>Owns one whisper.cpp context: a loaded model with its working memory.</summary>
internal sealed class WhisperHandle : SafeHandle
{
    private WhisperHandle(nint context) : base(0, ownsHandle: true) => SetHandle(context);

    public override bool IsInvalid => handle == 0;

    /// <returns>An invalid handle when the file is not a model that whisper.cpp reads.</returns>
    internal static WhisperHandle Load(string modelFile)
    {
        var parameters = Whisper.whisper_context_default_params();
        parameters.UseGpu = 0;
        return new WhisperHandle(Whisper.whisper_init_from_file_with_params(modelFile, parameters));
    }

    protected override bool ReleaseHandle()
    {
        Whisper.whisper_free(handle);
        return true;
    }
}
