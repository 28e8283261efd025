using EdgeMas.Core.Speech;

namespace EdgeMas.Audio.VoiceActivity;

/// <summary>Cuts utterances out of a stream of windows by their speech probability. One thread; allocates only the utterances.</summary>
internal sealed class SpeechSegmenter
{
    private readonly SegmenterOptions _options;
    private readonly short[] _sound; // the utterance so far, or the last of the silence
    private readonly int _preRoll;
    private readonly int _postRoll;
    private readonly int _hangover;
    private readonly int _minSpeech;
    private int _length;
    private int _speech; // samples of windows that were speech
    private int _silence; // samples since the last of them
    private bool _speaking;

    public SpeechSegmenter(SegmenterOptions options)
    {
        options.Check();
        _options = options;
        _preRoll = Samples(options.PreRoll);
        _hangover = Samples(options.Hangover);
        _postRoll = Math.Min(Samples(options.PostRoll), _hangover);
        _minSpeech = Samples(options.MinSpeech);
        _sound = new short[Samples(options.MaxUtterance)];
    }

    /// <summary>An utterance is open.</summary>
    public bool IsSpeaking => _speaking;

    /// <param name="probability">That the window holds speech, 0 to 1.</param>
    /// <returns>An utterance that ended with this window, or null.</returns>
    public AudioClip? Add(ReadOnlySpan<short> window, float probability)
    {
        if (!_speaking)
        {
            Append(window);
            if (probability < _options.Onset)
            {
                Forget(_length - _preRoll);
                return null;
            }
            _speaking = true;
            _speech = window.Length;
            return null;
        }
        if (_length + window.Length > _sound.Length)
            return Cut(window, probability);
        Append(window);
        Count(window.Length, probability);
        return _silence >= _hangover ? Flush() : null;
    }

    /// <summary>The sound has ended: what was being said is an utterance.</summary>
    /// <returns>Null when nothing was, or too little.</returns>
    public AudioClip? Flush()
    {
        AudioClip? utterance = null;
        if (_speaking && _speech >= _minSpeech)
            utterance = Clip(_length - Math.Max(0, _silence - _postRoll));
        _speaking = false;
        _speech = _silence = 0;
        Forget(_length - _preRoll);
        return utterance;
    }

    private AudioClip? Cut(ReadOnlySpan<short> window, float probability)
    {
        var utterance = _speech >= _minSpeech ? Clip(_length) : null;
        _length = _speech = _silence = 0;
        Append(window);
        Count(window.Length, probability);
        return utterance;
    }

    private void Count(int samples, float probability)
    {
        if (probability >= _options.Release)
        {
            _silence = 0;
            _speech += samples;
        }
        else
        {
            _silence += samples;
        }
    }

    private AudioClip Clip(int length) => new(_sound.AsSpan(0, length).ToArray(), AudioRates.Speech);

    private void Append(ReadOnlySpan<short> window)
    {
        if (_length + window.Length > _sound.Length)
            Forget(_length + window.Length - _sound.Length);
        window.CopyTo(_sound.AsSpan(_length));
        _length += window.Length;
    }

    /// <summary>Drops the oldest samples.</summary>
    private void Forget(int samples)
    {
        if (samples <= 0)
            return;
        _sound.AsSpan(samples, _length - samples).CopyTo(_sound);
        _length -= samples;
    }

    private static int Samples(TimeSpan time) => (int)(time.TotalSeconds * AudioRates.Speech);
}
