using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Text;
using EdgeMas.Audio.Recognition;
using EdgeMas.Core.Speech;

namespace EdgeMas.Audio.Native;

/// <summary>
/// espeak-ng with one voice. The library keeps its state in globals, so a process has one of these at a time. It is loaded for good: its own end,
/// <c>espeak_Terminate</c>, hangs the second time (1.51). One thread at a time.
/// </summary>
internal sealed class EspeakVoice : IDisposable
{
    private static int _owned;
    private static int _sampleRate; // 0 before the library was initialized

    // What the callback fills; the library has no more than one synthesis in hand.
    private static readonly List<short> Sound = [];
    private static int _maxSamples;
    private static CancellationToken _cancellation;

    private bool _disposed;

    /// <exception cref="SpeechEngineException">Not installed, an unknown voice, or another one lives in this process.</exception>
    public EspeakVoice(string voice, int wordsPerMinute)
    {
        if (Interlocked.CompareExchange(ref _owned, 1, 0) != 0)
            throw Fail("a process has one synthesizer at a time; dispose of the other first, or share it");
        try
        {
            Initialize();
            if (Espeak.espeak_SetVoiceByName(voice) != 0)
                throw Fail($"has no voice '{voice}'. 'espeak-ng --voices' lists them");
            Check(Espeak.espeak_SetParameter(Espeak.ParameterRate, wordsPerMinute, relative: 0), $"speak {wordsPerMinute} words a minute");
        }
        catch (DllNotFoundException error)
        {
            Dispose();
            throw Fail($"{Espeak.Library} is not installed: apt-get install libespeak-ng1", error);
        }
        catch
        {
            Dispose();
            throw;
        }
    }

    /// <returns>At most <paramref name="maxSeconds"/> of sound.</returns>
    /// <exception cref="OperationCanceledException">Within 0.1 s of speech.</exception>
    public unsafe AudioClip Synthesize(string text, int maxSeconds, CancellationToken cancellationToken)
    {
        var bytes = Encoding.UTF8.GetBytes(text + '\0');
        Sound.Clear();
        _maxSamples = maxSeconds * _sampleRate;
        _cancellation = cancellationToken;
        fixed (byte* start = bytes)
            Check(Espeak.espeak_Synth(start, (nuint)bytes.Length, 0, Espeak.PositionCharacter, 0, Espeak.CharactersUtf8, null, 0), "speak");
        cancellationToken.ThrowIfCancellationRequested();
        return new AudioClip([.. Sound], _sampleRate);
    }

    public void Dispose()
    {
        if (_disposed)
            return;
        _disposed = true;
        Volatile.Write(ref _owned, 0);
    }

    private static unsafe void Initialize()
    {
        if (_sampleRate > 0)
            return;
        var rate = Espeak.espeak_Initialize(Espeak.OutputSynchronous, bufferMilliseconds: 100, dataPath: 0, Espeak.InitializeDontExit);
        if (rate <= 0)
            throw Fail("its voice data is missing. Install it: apt-get install espeak-ng-data");
        Espeak.espeak_SetSynthCallback(&Take);
        _sampleRate = rate;
    }

    private static void Check(int result, string action)
    {
        if (result != 0)
            throw Fail($"cannot {action}: error {result}");
    }

    private static SpeechEngineException Fail(string reason, Exception? inner = null) => new("espeak", reason, inner);

    /// <returns>1 to end the synthesis.</returns>
    [UnmanagedCallersOnly(CallConvs = [typeof(CallConvCdecl)])]
    private static unsafe int Take(short* samples, int count, nint events)
    {
        if (samples is not null && count > 0)
            Sound.AddRange(new ReadOnlySpan<short>(samples, Math.Min(count, _maxSamples - Sound.Count)));
        return _cancellation.IsCancellationRequested || Sound.Count >= _maxSamples ? 1 : 0;
    }
}
