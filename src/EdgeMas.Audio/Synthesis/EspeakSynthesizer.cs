using EdgeMas.Audio.Native;
using EdgeMas.Audio.Recognition;
using EdgeMas.Audio.Threads;
using EdgeMas.Core.Speech;

namespace EdgeMas.Audio.Synthesis;

/// <summary>
/// Speaks with espeak-ng. At most 1,000 characters of a text are spoken, as plain text: markup and phoneme codes in it are read out, not obeyed.
/// One at a time in a process, as the library is. Any thread; the library is called on a thread of its own.
/// </summary>
public sealed class EspeakSynthesizer : ISpeechSynthesizer
{
    public const int MaxCharacters = 1_000;

    private const int MaxSeconds = 180;

    private readonly EspeakVoice _voice;
    private readonly OwnerThread _thread;

    /// <exception cref="SpeechEngineException">espeak-ng is not installed, has no such voice, or is already used in this process.</exception>
    public EspeakSynthesizer(EspeakOptions options)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(options.WordsPerMinute, 80);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(options.WordsPerMinute, 450);
        _voice = new EspeakVoice(options.Voice, options.WordsPerMinute);
        _thread = new OwnerThread("espeak", _voice.Dispose);
    }

    public async ValueTask<AudioClip> SynthesizeAsync(string text, CancellationToken cancellationToken)
    {
        var spoken = Speakable(text);
        return await _thread.RunAsync(token => _voice.Synthesize(spoken, MaxSeconds, token), cancellationToken);
    }

    public void Dispose() => _thread.Dispose();

    /// <summary>Bounded, without control characters and without half a surrogate pair at the cut.</summary>
    private static string Speakable(string text)
    {
        var end = Math.Min(text.Length, MaxCharacters);
        if (end > 0 && end < text.Length && char.IsHighSurrogate(text[end - 1]))
            end--;
        return string.Create(end, text, static (output, input) =>
        {
            for (var i = 0; i < output.Length; i++)
                output[i] = char.IsControl(input[i]) ? ' ' : input[i];
        });
    }
}
