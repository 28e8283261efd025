namespace EdgeMas.Audio.Recognition;

/// <summary>The words that English speakers say most, as a grammar of any speech: what an order's words have to beat.</summary>
internal static class CommonWords
{
    // Ordered by PocketSphinx's own en-us language model, names and oaths left out.
    private const string Words =
        """
        a able about actually after again ago ah all already also always am an and another any anything are around as at away back bad be because been before
        being believe best better between big bit both but by call came can can't care cause change children come could country course day days did didn't
        different do does doesn't doing dollars don't done down each eight eighty either else end enough even ever every everything exactly family far feel
        few fifty find first five for forty found four friends from game get getting give go going gonna good got government great guess guy had hard has
        have having he he's help her here high him his home house how hundred i i'd i'll i'm i've idea if in into is isn't it it's its job just keep kids
        kind know last least less let life like little live long look looking lot love made make makes making man many may maybe me mean might million money
        more most much my name need never new next nice nine ninety no not nothing now of off oh okay old on once one only or other our out over own part pay
        people percent person place play point pretty probably problem put read real really right said same say saying says school second see seems seen
        seven seventy she she's should show since six sixty so some someone something start still stuff such sure take talk talking tell ten than thanks that
        that's the their them then there there's these they they're thing things think thirty this those though thought thousand three through time times to
        told too true try trying twenty two until up us use used very want was wasn't watch way we we're week well went were what what's when where which
        while who whole why will with without work world would wouldn't yeah year years yes you you're your
        """;

    /// <param name="knows">Whether the dictionary has a word.</param>
    internal static string Grammar(Func<string, bool> knows) =>
        $"#JSGF V1.0;\ngrammar speech;\npublic <speech> = ({string.Join(" | ", Words.Split([' ', '\n'], StringSplitOptions.RemoveEmptyEntries).Where(knows))})+;\n";
}
