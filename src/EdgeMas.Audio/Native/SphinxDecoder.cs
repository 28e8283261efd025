using System.Runtime.InteropServices;
using EdgeMas.Audio.Recognition;

namespace EdgeMas.Audio.Native;

/// <summary>One PocketSphinx decoder with an acoustic model and a dictionary; searches are added by name. One thread at a time.</summary>
internal sealed class SphinxDecoder : IDisposable
{
    // Scores are logarithms to the base 1.0001, shifted right by ten bits.
    private static readonly double NatsPerUnit = 1_024 * Math.Log(1.0001);

    private readonly DecoderHandle _decoder;
    private readonly string _model;

    /// <param name="modelDirectory">Holds <c>en-us/</c> (acoustic model) and <c>cmudict-en-us.dict</c>.</param>
    /// <exception cref="SpeechEngineException">PocketSphinx or the model is missing or damaged.</exception>
    public SphinxDecoder(string modelDirectory)
    {
        _model = modelDirectory;
        var acoustic = Path.Combine(modelDirectory, "en-us");
        var dictionary = Path.Combine(modelDirectory, "cmudict-en-us.dict");
        if (!File.Exists(Path.Combine(acoustic, "mdef")) || !File.Exists(dictionary))
            throw Fail($"no English model in '{modelDirectory}'. Install it: apt-get install pocketsphinx-en-us");
        try
        {
            // All senones are scored in every frame, so that scores of different searches over the same sound can be compared.
            _decoder = DecoderHandle.Open("-hmm", acoustic, "-dict", dictionary, "-compallsen", "yes", "-bestpath", "no");
        }
        catch (DllNotFoundException error)
        {
            throw Fail($"{PocketSphinx.Library} is not installed: apt-get install libpocketsphinx3", error);
        }
        if (_decoder.IsInvalid)
            throw Fail($"the model in '{modelDirectory}' cannot be loaded: it is damaged or of another version. Install Debian's pocketsphinx-en-us again");
    }

    public bool HasWord(string word)
    {
        var phones = PocketSphinx.ps_lookup_word(_decoder, word);
        if (phones == 0)
            return false;
        unsafe
        {
            NativeMemory.Free((void*)phones); // allocated with malloc for the caller
        }
        return true;
    }

    /// <exception cref="SpeechEngineException">The grammar is refused.</exception>
    public void SetGrammar(string search, string jsgf)
    {
        if (PocketSphinx.ps_set_jsgf_string(_decoder, search, jsgf) != 0)
            throw Fail($"the grammar '{search}' of {jsgf.Length:N0} characters is refused");
    }

    /// <summary>Decodes one utterance on its own: nothing is carried over from the one before.</summary>
    public SphinxHypothesis Decode(string search, ReadOnlySpan<short> samples)
    {
        Check(PocketSphinx.ps_set_search(_decoder, search), "choose a search");
        Check(PocketSphinx.ps_start_stream(_decoder), "begin a stream");
        Check(PocketSphinx.ps_start_utt(_decoder), "begin an utterance");
        var processed = PocketSphinx.ps_process_raw(_decoder, samples, (nuint)samples.Length, noSearch: 0, fullUtterance: 1);
        var ended = PocketSphinx.ps_end_utt(_decoder);
        Check(processed, "decode");
        // An utterance of silence has no frames after PocketSphinx's own silence removal, and no end then.
        var text = ended < 0 ? null : Marshal.PtrToStringUTF8(PocketSphinx.ps_get_hyp(_decoder, out _));
        return new SphinxHypothesis(text ?? "", text is null ? [] : Segments());
    }

    public void Dispose() => _decoder.Dispose();

    private List<SphinxSegment> Segments()
    {
        var segments = new List<SphinxSegment>();
        for (var segment = PocketSphinx.ps_seg_iter(_decoder); segment != 0; segment = PocketSphinx.ps_seg_next(segment))
        {
            PocketSphinx.ps_seg_frames(segment, out var first, out var last);
            _ = PocketSphinx.ps_seg_prob(segment, out var acoustic, out _, out _); // returns a posterior, which this search has not
            segments.Add(new SphinxSegment(Marshal.PtrToStringUTF8(PocketSphinx.ps_seg_word(segment)) ?? "", first, last, acoustic * NatsPerUnit));
        }
        return segments;
    }

    private static void Check(int result, string action)
    {
        if (result < 0)
            throw Fail($"cannot {action}");
    }

    private static SpeechEngineException Fail(string reason, Exception? inner = null) => new("pocketsphinx", reason, inner);
}
