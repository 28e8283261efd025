using EdgeMas.Core.Skills;
using EdgeMas.Reasoning.Orders;
using EdgeMas.Reasoning.Quantities;

namespace EdgeMas.Reasoning.Criticism;

/// <summary>
/// The words by which people speak of a skill: its name, description and phrases, and usual words of the same meaning. A small thesaurus of robot orders,
/// enough to tell "purple monkey dishwasher" from an order for a picture.
/// </summary>
internal static class SkillWords
{
    private static readonly HashSet<string>[] Meanings =
    [
        Stems("photo picture image snapshot photograph shot snap capture camera shoot film pic selfie view"),
        Stems("look find search locate seek see spot where hunt scan check eye any there scout detect"),
        Stems("count many number tally total"),
        Stems("battery charge power juice energy recharge"),
        Stems("home base back dock charger return recharge start"),
        Stems("stop halt freeze still hold cease whoa end quit stay"),
        Stems("wait pause hold stay stand hang rest second minute moment delay sleep"),
        Stems("drive go move forward back backward ahead reverse roll head travel advance straight proceed creep run come walk inch scoot continue further"),
        Stems("turn rotate spin pivot left right around face circle swing clockwise anticlockwise counterclockwise degree swivel"),
        Stems("speed fast slow slower faster hurry quick pace limit velocity"),
        Stems("say tell announce speak shout talk greet call let aloud voice"),
        Stems("go goto navigate visit place location head travel destination get bring proceed move drive roll run come return check inspect patrol way"),
        Stems("light lamp lights headlight led bright dark"),
        Stems("pick grab take lift collect get fetch grasp retrieve hold"),
        Stems("put place drop leave set deliver bring carry release"),
    ];

    private static readonly HashSet<string> Empty = Stems("a an the of to in on at by for with and or this that it its some many is are be do as from robot");

    private static readonly HashSet<string> Courtesies = Stems("please now ok okay thanks thank you hey let's let us off over back there straight");

    private static readonly HashSet<string> Connectives = ["and", "then", "next", "first", "finally", "afterwards", "after", "before", "while"];

    internal static bool Mentions(OrderText order, SkillDescriptor skill)
    {
        var own = OwnWords(skill).Select(Stem).Where(word => !Empty.Contains(word)).ToHashSet(StringComparer.Ordinal);
        var meanings = Meanings.Where(meaning => ParameterUnits.SplitName(skill.Name).Select(Stem).Any(meaning.Contains)).ToList();
        return order.Words.SelectMany(word => word.Split('-')).Select(Stem).Any(word => own.Contains(word) || meanings.Exists(meaning => meaning.Contains(word)));
    }

    /// <summary>Somewhere the order names it with nothing of weight before it in the same clause: "off to the kitchen", "first the kitchen, then the gate".</summary>
    internal static bool NamesAlone(OrderText order, string name)
    {
        var words = OrderText.SplitWords(OrderText.Clean(name));
        for (var at = 0; at + words.Count <= order.Words.Count; at++)
        {
            if (!words.Select(Stem).SequenceEqual(order.Words.Skip(at).Take(words.Count).Select(Stem), StringComparer.Ordinal))
                continue;
            var before = order.Words.Take(at).Reverse().TakeWhile(word => !Connectives.Contains(word)).Select(Stem);
            if (before.All(word => Empty.Contains(word) || Courtesies.Contains(word)))
                return true;
        }
        return false;
    }

    private static IEnumerable<string> OwnWords(SkillDescriptor skill) =>
        ParameterUnits.SplitName(skill.Name)
            .Concat(OrderText.SplitWords(OrderText.Clean(skill.Description)))
            .Concat(skill.Phrases.SelectMany(phrase => OrderText.SplitWords(OrderText.Clean(phrase))));

    private static HashSet<string> Stems(string words) => words.Split(' ').Select(Stem).ToHashSet(StringComparer.Ordinal);

    /// <summary>Rough on purpose: both sides are cut alike.</summary>
    private static string Stem(string word)
    {
        foreach (var ending in (ReadOnlySpan<string>)["ing", "ed", "es", "s", "e"])
        {
            if (word.Length > ending.Length + 2 && word.EndsWith(ending, StringComparison.Ordinal))
                return word[..^ending.Length];
        }
        return word;
    }
}
