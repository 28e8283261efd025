using System.Text;
using EdgeMas.Core.Skills;

namespace EdgeMas.Audio.Recognition;

/// <summary>
/// Writes the grammar of orders from the skills, places and things: each skill's phrases, or its name and arguments where it has none, several orders joined
/// by "then" or "and". Words that the dictionary lacks leave their phrase, place or thing out.
/// </summary>
/// <param name="knows">Whether the dictionary has a word.</param>
/// <param name="always">Orders that are there without a skill.</param>
/// <remarks>Source: JSpeech Grammar Format, https://www.w3.org/TR/jsgf/.</remarks>
internal sealed class CommandGrammarWriter(Func<string, bool> knows, ThingWords things, IReadOnlyList<string> always)
{
    private const int MaxPhrases = 512;
    private const int MaxNames = 256;

    private readonly PhraseReader _phrases = new(knows);
    private readonly List<string> _leftOut = [];
    private readonly StringBuilder _slots = new();
    private string? _placeRule;
    private string? _thingRule;

    internal CommandGrammar Write(IReadOnlyList<SkillDescriptor> skills, IReadOnlyList<string> places)
    {
        _placeRule = Alternatives(places, "place");
        _thingRule = ThingRule();
        var commands = Known(always, "order");
        foreach (var skill in skills)
        {
            var phrases = skill.Phrases.Count > 0 ? skill.Phrases : [NamedCall(skill)];
            foreach (var phrase in phrases)
            {
                if (commands.Count == MaxPhrases)
                    _leftOut.Add($"skill '{skill.Name}': more than {MaxPhrases} phrases in all");
                else if (Command(skill, phrase) is { } command)
                    commands.Add(command);
            }
        }
        return new CommandGrammar(commands.Count == 0 ? null : Grammar(commands), _leftOut);
    }

    private string Grammar(List<string> commands)
    {
        var text = new StringBuilder("#JSGF V1.0;\ngrammar orders;\npublic <order> = [please] <command> (<then> <command>)* [please];\n");
        text.Append("<then> = then | and then | and;\n<command> = ").AppendJoin("\n  | ", commands.Distinct(StringComparer.Ordinal)).Append(";\n");
        text.Append(NumberWords.Rules);
        if (_placeRule is not null)
            text.Append("<place> = ").Append(_placeRule).Append(";\n");
        if (_thingRule is not null)
            text.Append("<thing> = ").Append(_thingRule).Append(";\n");
        return text.Append(_slots).ToString();
    }

    /// <summary>A skill without phrases is called by its name's words, then its arguments: <c>look for {object}</c>.</summary>
    private static string NamedCall(SkillDescriptor skill) =>
        string.Join(' ', [.. skill.Name.Split('_', '-', '.'), .. skill.Parameters.Where(parameter => parameter.Required).Select(parameter => $"{{{parameter.Name}}}")]);

    private string? Command(SkillDescriptor skill, string phrase)
    {
        var pieces = _phrases.Read(phrase, out var reason);
        var text = new StringBuilder();
        foreach (var piece in pieces)
        {
            if (piece.Slot is null)
            {
                text.Append(' ').Append(piece.Text);
                continue;
            }
            var slot = skill.Parameters.FirstOrDefault(parameter => string.Equals(parameter.Name, piece.Slot, StringComparison.Ordinal));
            if (slot is null || Slot(slot) is not { } rule)
            {
                reason ??= slot is null ? $"it has no argument '{piece.Slot}'" : $"argument '{slot.Name}' takes words that no grammar can list";
                break;
            }
            text.Append(" (").Append(rule).Append(')');
        }
        if (reason is null && text.Length > 0)
            return text.ToString(1, text.Length - 1);
        _leftOut.Add($"skill '{skill.Name}', phrase '{phrase}': {reason ?? "it is empty"}");
        return null;
    }

    /// <returns>The right side of a rule, or null where no grammar can list what the argument takes.</returns>
    private string? Slot(SkillParameter parameter) => parameter.Kind switch
    {
        ParameterKind.Number or ParameterKind.Integer => Quantity(parameter),
        ParameterKind.Boolean => "on | off",
        ParameterKind.Choice => Alternatives(parameter.Choices, $"value of '{parameter.Name}'"),
        ParameterKind.Place => _placeRule is null ? null : "<place>",
        ParameterKind.Places => _placeRule is null ? null : "<place> ([and] [then] [to] <place>)*",
        ParameterKind.Thing => _thingRule is null ? null : "<thing>",
        _ => null,
    };

    private string Quantity(SkillParameter parameter)
    {
        var number = parameter.Kind == ParameterKind.Integer ? "<number>" : "<amount>";
        var units = UnitWords.Of(parameter.Unit).Where(words => words.Split(' ').All(knows)).ToList();
        var quantity = units.Count == 0 ? number : $"{number} ({string.Join(" | ", units)})";
        if (units.Count > 0 && parameter.Kind == ParameterKind.Number)
            quantity += $" | half {Article(units[0])} {units[0]} | {Article(units[0])} {units[0]} [and a half]";
        if (parameter.NamedValues.Count == 0 || Alternatives(parameter.NamedValues.Keys, $"value of '{parameter.Name}'") is not { } named)
            return quantity;
        return $"({named}) [{quantity}] | ({quantity}) [[to] [the] ({named})]"; // "left", "left ninety degrees", "ninety degrees to the left"
    }

    private static string Article(string noun) => noun[0] is 'a' or 'e' or 'i' or 'o' or 'u' || noun.StartsWith("hour", StringComparison.Ordinal) ? "an" : "a";

    private string? ThingRule()
    {
        var names = new List<string>();
        var nouns = Known(things.Nouns, "noun").SelectMany(noun => Plural(noun) is { } plural ? (string[])[noun, plural] : [noun]).ToList();
        if (nouns.Count > 0)
        {
            var adjectives = Known(things.Adjectives, "adjective");
            var adjective = adjectives.Count == 0 ? "" : $"[{string.Join(" | ", adjectives)}] ";
            names.Add($"{adjective}{adjective}({string.Join(" | ", nouns)})");
        }
        names.AddRange(Known(things.Numbered, "thing").Select(name => $"{name} [number] <below_hundred>"));
        names.AddRange(Known(things.Names, "thing"));
        return names.Count == 0 ? null : $"[the | a | an | any | all] [the] ({string.Join(" | ", names)})";
    }

    private string? Plural(string noun)
    {
        var plural = noun switch
        {
            "person" => "people",
            "man" => "men",
            "woman" => "women",
            "child" => "children",
            _ when noun.EndsWith('x') || noun.EndsWith("sh", StringComparison.Ordinal) || noun.EndsWith("ch", StringComparison.Ordinal) => noun + "es",
            _ => noun + "s",
        };
        return !noun.Contains(' ') && knows(plural) ? plural : null;
    }

    private string? Alternatives(IEnumerable<string> names, string what)
    {
        var known = Known(names, what);
        if (known.Count == 0)
            return null;
        return what == "place" ? $"[the] ({string.Join(" | ", known)})" : string.Join(" | ", known);
    }

    private List<string> Known(IEnumerable<string> names, string what)
    {
        var known = new List<string>();
        foreach (var name in names.Take(MaxNames))
        {
            if (_phrases.Words(name, out var reason) is { } words)
                known.Add(words);
            else
                _leftOut.Add($"{what} '{name}': {reason}");
        }
        return known.Distinct(StringComparer.Ordinal).ToList();
    }
}
