using System.Collections.Frozen;
using System.Text.Encodings.Web;
using System.Text.Json;
using EdgeMas.Core.Outputs;
using EdgeMas.Reasoning.Orders;

namespace EdgeMas.Reasoning.Constraints;

/// <summary>
/// Runs of an order's words as JSON strings: one small part a word, each going on to the next, so that they grow with the order's length and not with its
/// square. A text is any run; a thing does not begin with an article, does not end in a function word, and its last word may be in the singular.
/// </summary>
internal sealed record OrderSpans(OutputLanguage Text, OutputLanguage Thing)
{
    private static readonly FrozenSet<string> NeverFirst = Set("a an the any some and or then to of if please is are there");
    private static readonly FrozenSet<string> NeverLast = Set("a an the any some and or then to of if please is are in on at with for");

    private static readonly OutputLanguage Quote = OutputLanguage.Text("\"");
    private static readonly OutputLanguage Space = OutputLanguage.Text(" ");

    /// <param name="words">One or more.</param>
    internal static OrderSpans Of(IReadOnlyList<string> words)
    {
        var texts = new List<OutputLanguage>();
        var things = new List<OutputLanguage>();
        OutputLanguage? text = null, thing = null; // those that begin with the next word
        for (var i = words.Count - 1; i >= 0; i--)
        {
            text = From(words[i], text, canEnd: true, []);
            texts.Add(text!);
            var canEnd = !NeverLast.Contains(words[i]);
            thing = From(words[i], thing, canEnd, canEnd ? WordForms.Singulars(words[i]) : []);
            if (thing is not null && !NeverFirst.Contains(words[i]))
                things.Add(thing);
        }
        var any = Quoted(texts);
        return new OrderSpans(any, things.Count > 0 ? Quoted(things) : any);
    }

    /// <returns>Runs that begin with a word; null where there are none.</returns>
    /// <param name="next">Runs that begin with the word behind it.</param>
    /// <param name="endings">Other forms of the word, with which a run may end.</param>
    private static OutputLanguage? From(string word, OutputLanguage? next, bool canEnd, IEnumerable<string> endings)
    {
        var ways = endings.Select(Part).ToList();
        if (next is not null)
        {
            var rest = OutputLanguage.Sequence(Space, next);
            ways.Add(OutputLanguage.Sequence(Part(word), canEnd ? OutputLanguage.Optional(rest) : rest));
        }
        else if (canEnd)
        {
            ways.Add(Part(word));
        }
        return ways.Count == 0 ? null : OutputLanguage.OneOf(ways);
    }

    private static OutputLanguage Quoted(IEnumerable<OutputLanguage> runs) => OutputLanguage.Sequence(Quote, OutputLanguage.OneOf(runs), Quote);

    private static OutputLanguage Part(string word) => OutputLanguage.Text(JsonEncodedText.Encode(word, JavaScriptEncoder.UnsafeRelaxedJsonEscaping).Value);

    private static FrozenSet<string> Set(string words) => words.Split(' ').ToFrozenSet(StringComparer.Ordinal);
}
