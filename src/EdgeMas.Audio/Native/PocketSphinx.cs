using System.Runtime.InteropServices;

namespace EdgeMas.Audio.Native;

/// <summary>
/// PocketSphinx's calls, under their own names, as Debian's libpocketsphinx3 and libsphinxbase3 0.8+5prealpha have them: later releases changed some.
/// Source: <c>pocketsphinx.h</c>, <c>ps_search.h</c>, <c>cmd_ln.h</c>, <c>err.h</c>.
/// </summary>
internal static partial class PocketSphinx
{
    internal const string Library = "libpocketsphinx.so.3";

    private const string Base = "libsphinxbase.so.3";

    [LibraryImport(Base)]
    internal static partial nint cmd_ln_parse_r(nint config, nint definitions, int count, nint arguments, int strict);

    [LibraryImport(Base)]
    internal static partial int cmd_ln_free_r(nint config);

    [LibraryImport(Base)]
    internal static partial void err_set_callback(nint callback, nint data);

    [LibraryImport(Base)]
    internal static partial void err_set_logfp(nint file);

    [LibraryImport(Library)]
    internal static partial nint ps_args();

    [LibraryImport(Library)]
    internal static partial nint ps_init(nint config);

    [LibraryImport(Library)]
    internal static partial int ps_free(nint decoder);

    [LibraryImport(Library, StringMarshalling = StringMarshalling.Utf8)]
    internal static partial int ps_set_jsgf_string(DecoderHandle decoder, string name, string grammar);

    [LibraryImport(Library, StringMarshalling = StringMarshalling.Utf8)]
    internal static partial int ps_set_search(DecoderHandle decoder, string name);

    [LibraryImport(Library, StringMarshalling = StringMarshalling.Utf8)]
    internal static partial nint ps_lookup_word(DecoderHandle decoder, string word);

    [LibraryImport(Library)]
    internal static partial int ps_start_stream(DecoderHandle decoder);

    [LibraryImport(Library)]
    internal static partial int ps_start_utt(DecoderHandle decoder);

    [LibraryImport(Library)]
    internal static partial int ps_process_raw(DecoderHandle decoder, ReadOnlySpan<short> samples, nuint count, int noSearch, int fullUtterance);

    [LibraryImport(Library)]
    internal static partial int ps_end_utt(DecoderHandle decoder);

    [LibraryImport(Library)]
    internal static partial nint ps_get_hyp(DecoderHandle decoder, out int bestScore);

    [LibraryImport(Library)]
    internal static partial nint ps_seg_iter(DecoderHandle decoder);

    [LibraryImport(Library)]
    internal static partial nint ps_seg_next(nint segment);

    [LibraryImport(Library)]
    internal static partial nint ps_seg_word(nint segment);

    [LibraryImport(Library)]
    internal static partial void ps_seg_frames(nint segment, out int first, out int last);

    [LibraryImport(Library)]
    internal static partial int ps_seg_prob(nint segment, out int acoustic, out int language, out int backOff);
}
