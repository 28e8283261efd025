using System.Runtime.InteropServices;

namespace EdgeMas.Audio.Native;

/// <summary>espeak-ng's calls, under their own names. Source: espeak-ng 1.51, <c>speak_lib.h</c>.</summary>
internal static unsafe partial class Espeak
{
    internal const string Library = "libespeak-ng.so.1";
    internal const int OutputSynchronous = 2;
    internal const int InitializeDontExit = 0x8000;
    internal const int ParameterRate = 1;
    internal const int PositionCharacter = 1;
    internal const uint CharactersUtf8 = 1;

    [LibraryImport(Library)]
    internal static partial int espeak_Initialize(int output, int bufferMilliseconds, nint dataPath, int options);

    [LibraryImport(Library)]
    internal static partial void espeak_SetSynthCallback(delegate* unmanaged[Cdecl]<short*, int, nint, int> callback);

    [LibraryImport(Library, StringMarshalling = StringMarshalling.Utf8)]
    internal static partial int espeak_SetVoiceByName(string name);

    [LibraryImport(Library)]
    internal static partial int espeak_SetParameter(int parameter, int value, int relative);

    [LibraryImport(Library)]
    internal static partial int espeak_Synth(byte* text, nuint size, uint position, int positionType, uint endPosition, uint flags, uint* identifier, nint data);
}
