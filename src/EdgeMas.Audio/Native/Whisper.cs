using System.Runtime.InteropServices;

namespace EdgeMas.Audio.Native;

/// <summary>whisper.cpp's calls, under their own names. Source: whisper.cpp 1.9.1, <c>whisper.h</c>. <see cref="WhisperLibrary"/> loads it.</summary>
internal static unsafe partial class Whisper
{
    internal const string Library = "whisper";
    internal const int SamplingGreedy = 0;

    [LibraryImport(Library)]
    internal static partial void whisper_log_set(delegate* unmanaged[Cdecl]<int, nint, nint, void> callback, nint data);

    [LibraryImport(Library)]
    internal static partial WhisperContextParams whisper_context_default_params();

    [LibraryImport(Library, StringMarshalling = StringMarshalling.Utf8)]
    internal static partial nint whisper_init_from_file_with_params(string path, WhisperContextParams parameters);

    [LibraryImport(Library)]
    internal static partial void whisper_free(nint context);

    [LibraryImport(Library)]
    internal static partial WhisperFullParams whisper_full_default_params(int strategy);

    [LibraryImport(Library)]
    internal static partial int whisper_full(WhisperHandle context, WhisperFullParams parameters, ReadOnlySpan<float> samples, int count);

    [LibraryImport(Library)]
    internal static partial int whisper_full_n_segments(WhisperHandle context);

    [LibraryImport(Library)]
    internal static partial nint whisper_full_get_segment_text(WhisperHandle context, int segment);

    [LibraryImport(Library)]
    internal static partial float whisper_full_get_segment_no_speech_prob(WhisperHandle context, int segment);

    [LibraryImport(Library)]
    internal static partial int whisper_full_n_tokens(WhisperHandle context, int segment);

    [LibraryImport(Library)]
    internal static partial int whisper_full_get_token_id(WhisperHandle context, int segment, int token);

    [LibraryImport(Library)]
    internal static partial float whisper_full_get_token_p(WhisperHandle context, int segment, int token);

    [LibraryImport(Library)]
    internal static partial int whisper_token_eot(WhisperHandle context);

    [LibraryImport(Library)]
    internal static partial int whisper_is_multilingual(WhisperHandle context);
}
