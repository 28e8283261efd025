using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using EdgeMas.Audio.Recognition;

namespace EdgeMas.Audio.Native;

/// <summary>One loaded Whisper model. One thread at a time.</summary>
internal sealed class WhisperModel : IDisposable
{
    private readonly WhisperHandle _context;
    private readonly nint _language = Marshal.StringToCoTaskMemUTF8("en");
    private readonly int _endOfText;

    /// <param name="library">libwhisper.so; null for the one that scripts/build-whisper.sh built.</param>
    /// <exception cref="SpeechEngineException">The library is not built, or the file is no model.</exception>
    public WhisperModel(string modelFile, string? library)
    {
        if (!File.Exists(modelFile))
            throw new SpeechEngineException("whisper", $"model '{modelFile}' does not exist. Configure a ggml model such as ggml-base.bin, or leave the recognizer at pocketsphinx");
        WhisperLibrary.Load(library);
        _context = WhisperHandle.Load(modelFile);
        if (_context.IsInvalid)
            throw new SpeechEngineException("whisper", $"model '{modelFile}' cannot be read: it is truncated, or not a ggml model of whisper.cpp");
        _endOfText = Whisper.whisper_token_eot(_context);
    }

    /// <param name="samples">16 kHz, −1 to 1, at least 0.1 s.</param>
    /// <returns>Null when it was ended.</returns>
    /// <exception cref="SpeechEngineException">whisper.cpp failed.</exception>
    public unsafe WhisperHypothesis? Decode(ReadOnlySpan<float> samples, int threads, CancellationToken cancellationToken)
    {
        var parameters = Whisper.whisper_full_default_params(Whisper.SamplingGreedy);
        parameters.Threads = threads;
        parameters.NoContext = 1; // utterances are apart: one must not colour the next
        parameters.NoTimestamps = 1;
        parameters.SingleSegment = 1;
        parameters.PrintProgress = parameters.PrintRealtime = parameters.PrintTimestamps = parameters.PrintSpecial = 0;
        parameters.SuppressBlank = 1;
        parameters.SuppressNonSpeechTokens = 1;
        parameters.Temperature = 0;
        parameters.TemperatureIncrement = 0; // no second try with more imagination
        parameters.Language = _language;
        parameters.AbortCallback = &IsCancelled;
        var token = GCHandle.Alloc(cancellationToken);
        try
        {
            parameters.AbortData = GCHandle.ToIntPtr(token);
            var result = Whisper.whisper_full(_context, parameters, samples, samples.Length);
            if (cancellationToken.IsCancellationRequested)
                return null;
            return result == 0 ? Read() : throw new SpeechEngineException("whisper", $"decoding failed with {result}");
        }
        finally
        {
            token.Free();
        }
    }

    public void Dispose()
    {
        _context.Dispose();
        Marshal.FreeCoTaskMem(_language);
    }

    private WhisperHypothesis Read()
    {
        var text = "";
        var noSpeech = 0f;
        double logSum = 0;
        var tokens = 0;
        for (var segment = 0; segment < Whisper.whisper_full_n_segments(_context); segment++)
        {
            text += Marshal.PtrToStringUTF8(Whisper.whisper_full_get_segment_text(_context, segment));
            noSpeech = Math.Max(noSpeech, Whisper.whisper_full_get_segment_no_speech_prob(_context, segment));
            for (var token = 0; token < Whisper.whisper_full_n_tokens(_context, segment); token++)
            {
                if (Whisper.whisper_full_get_token_id(_context, segment, token) >= _endOfText)
                    continue; // not a piece of text
                logSum += Math.Log(Math.Max(1e-9, Whisper.whisper_full_get_token_p(_context, segment, token)));
                tokens++;
            }
        }
        return new WhisperHypothesis(text, noSpeech, tokens == 0 ? double.NegativeInfinity : logSum / tokens);
    }

    [UnmanagedCallersOnly(CallConvs = [typeof(CallConvCdecl)])]
    private static byte IsCancelled(nint data) => GCHandle.FromIntPtr(data).Target is CancellationToken { IsCancellationRequested: true } ? (byte)1 : (byte)0;
}
