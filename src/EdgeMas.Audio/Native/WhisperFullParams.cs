using System.Runtime.InteropServices;

namespace EdgeMas.Audio.Native;

/// <summary><c>whisper_full_params</c> of whisper.cpp 1.9.1, passed by value; C's <c>bool</c> is a byte. A test compares its offsets with a C compiler's.</summary>
[StructLayout(LayoutKind.Sequential)]
internal unsafe struct WhisperFullParams
{
    internal int Strategy;
    internal int Threads;
    internal int MaxTextContext;
    internal int OffsetMilliseconds;
    internal int DurationMilliseconds;
    internal byte Translate;
    internal byte NoContext;
    internal byte NoTimestamps;
    internal byte SingleSegment;
    internal byte PrintSpecial;
    internal byte PrintProgress;
    internal byte PrintRealtime;
    internal byte PrintTimestamps;
    internal byte TokenTimestamps;
    internal float TimestampThreshold;
    internal float TimestampSumThreshold;
    internal int MaxLength;
    internal byte SplitOnWord;
    internal int MaxTokens;
    internal byte DebugMode;
    internal int AudioContext;
    internal byte TinyDiarize;
    internal nint SuppressRegex;
    internal nint InitialPrompt;
    internal byte CarryInitialPrompt;
    internal nint PromptTokens;
    internal int PromptTokensCount;
    internal nint Language;
    internal byte DetectLanguage;
    internal byte SuppressBlank;
    internal byte SuppressNonSpeechTokens;
    internal float Temperature;
    internal float MaxInitialTimestamp;
    internal float LengthPenalty;
    internal float TemperatureIncrement;
    internal float EntropyThreshold;
    internal float LogProbabilityThreshold;
    internal float NoSpeechThreshold;
    internal int GreedyBestOf;
    internal int BeamSize;
    internal float BeamPatience;
    internal nint NewSegmentCallback;
    internal nint NewSegmentData;
    internal nint ProgressCallback;
    internal nint ProgressData;
    internal nint EncoderBeginCallback;
    internal nint EncoderBeginData;
    internal delegate* unmanaged[Cdecl]<nint, byte> AbortCallback;
    internal nint AbortData;
    internal nint LogitsFilterCallback;
    internal nint LogitsFilterData;
    internal nint GrammarRules;
    internal nuint GrammarRulesCount;
    internal nuint GrammarStartRule;
    internal float GrammarPenalty;
    internal byte Vad;
    internal nint VadModelPath;
    internal float VadThreshold;
    internal int VadMinSpeechMilliseconds;
    internal int VadMinSilenceMilliseconds;
    internal float VadMaxSpeechSeconds;
    internal int VadSpeechPadMilliseconds;
    internal float VadSamplesOverlap;
}
