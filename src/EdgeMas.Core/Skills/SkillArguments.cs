using System.Globalization;
using System.Text.Json;

namespace EdgeMas.Core.Skills;

/// <summary>Checks a call's arguments against the skill's schema. They are untrusted; what passes here may be read without further care. Any thread.</summary>
public static class SkillArguments
{
    /// <summary>Longest string that passes where the schema sets no <c>maxLength</c>, in characters.</summary>
    public const int MaxTextLength = 1_000;

    /// <summary>Most elements of an array of places.</summary>
    public const int MaxPlaces = 64;

    /// <param name="places">Names of the places that the robot knows.</param>
    /// <returns>Null when the arguments may be used; else one sentence that says which argument is wrong and what would be right.</returns>
    public static string? Check(SkillDescriptor skill, JsonElement arguments, IReadOnlyList<string> places)
    {
        if (arguments.ValueKind != JsonValueKind.Object)
            return $"'{skill.Name}' takes its arguments as an object, not as {Describe(arguments)}";
        foreach (var argument in arguments.EnumerateObject())
        {
            if (Find(skill, argument.Name) is not { } parameter)
                return $"'{skill.Name}' has no argument '{Shorten(argument.Name)}'; it has {Names(skill)}";
            if (CheckValue(parameter, argument.Value, places) is { } reason)
                return $"'{skill.Name}': {parameter.Name} {reason}";
        }
        foreach (var parameter in skill.Parameters)
        {
            var given = arguments.EnumerateObject().Count(argument => argument.NameEquals(parameter.Name));
            if (given == 0 && parameter.Required)
                return $"'{skill.Name}' needs the argument '{parameter.Name}'";
            if (given > 1)
                return $"'{skill.Name}' has the argument '{parameter.Name}' {given} times";
        }
        return null;
    }

    private static string? CheckValue(SkillParameter parameter, JsonElement value, IReadOnlyList<string> places) => parameter.Kind switch
    {
        ParameterKind.Number => CheckNumber(parameter, value, whole: false),
        ParameterKind.Integer => CheckNumber(parameter, value, whole: true),
        ParameterKind.Boolean => value.ValueKind is JsonValueKind.True or JsonValueKind.False ? null : $"is true or false, not {Describe(value)}",
        ParameterKind.Choice => CheckWord(value, parameter.Choices, "one of"),
        ParameterKind.Place => CheckWord(value, places, "a place that the robot knows:"),
        ParameterKind.Places => CheckPlaces(value, places),
        ParameterKind.Thing or ParameterKind.Text => CheckText(parameter, value),
        _ => CheckSize(value),
    };

    private static string? CheckNumber(SkillParameter parameter, JsonElement value, bool whole)
    {
        if (value.ValueKind != JsonValueKind.Number || !value.TryGetDouble(out var number) || !double.IsFinite(number))
            return $"is a number{In(parameter)}, not {Describe(value)}";
        if (whole && number != Math.Floor(number))
            return $"is a whole number{In(parameter)}, not {Write(number)}";
        if (number < parameter.Minimum)
            return $"is at least {Write(parameter.Minimum.Value)}{In(parameter)}, not {Write(number)}";
        if (number > parameter.Maximum)
            return $"is at most {Write(parameter.Maximum.Value)}{In(parameter)}, not {Write(number)}";
        return null;
    }

    private static string? CheckWord(JsonElement value, IReadOnlyList<string> words, string what)
    {
        if (value.ValueKind != JsonValueKind.String)
            return $"is {what} {List(words)}, not {Describe(value)}";
        foreach (var word in words)
        {
            if (value.ValueEquals(word))
                return null;
        }
        return $"is {what} {List(words)}, not '{Shorten(value.GetString()!)}'";
    }

    private static string? CheckPlaces(JsonElement value, IReadOnlyList<string> places)
    {
        if (value.ValueKind != JsonValueKind.Array)
            return $"is an array of places, not {Describe(value)}";
        if (value.GetArrayLength() is 0 or > MaxPlaces)
            return $"has 1 to {MaxPlaces} places, not {value.GetArrayLength()}";
        foreach (var place in value.EnumerateArray())
        {
            if (CheckWord(place, places, "made of places that the robot knows:") is { } reason)
                return reason;
        }
        return null;
    }

    private static string? CheckText(SkillParameter parameter, JsonElement value)
    {
        if (value.ValueKind != JsonValueKind.String)
            return $"is text, not {Describe(value)}";
        var text = value.GetString()!;
        if (string.IsNullOrWhiteSpace(text))
            return "is empty";
        var longest = parameter.Schema.TryGetProperty("maxLength", out var limit) && limit.TryGetInt32(out var given) ? Math.Min(given, MaxTextLength) : MaxTextLength;
        return text.Length <= longest ? null : $"has at most {longest} characters, not {text.Length}";
    }

    private static string? CheckSize(JsonElement value) =>
        value.GetRawText().Length <= MaxTextLength * 4 ? null : $"has at most {MaxTextLength * 4} characters of JSON";

    private static SkillParameter? Find(SkillDescriptor skill, string name)
    {
        foreach (var parameter in skill.Parameters)
        {
            if (parameter.Name == name)
                return parameter;
        }
        return null;
    }

    private static string Names(SkillDescriptor skill) => skill.Parameters.Count == 0 ? "none" : List([.. skill.Parameters.Select(parameter => parameter.Name)]);

    private static string List(IReadOnlyList<string> words) => words.Count == 0 ? "(none)" : string.Join(", ", words);

    private static string In(SkillParameter parameter) => parameter.Unit is { } unit ? $" in {unit}" : "";

    private static string Write(double number) => number.ToString("0.######", CultureInfo.InvariantCulture);

    private static string Shorten(string text) => text.Length <= 40 ? text : string.Concat(text.AsSpan(0, 40), "…");

    private static string Describe(JsonElement value) => value.ValueKind switch
    {
        JsonValueKind.True or JsonValueKind.False => "a boolean",
        JsonValueKind.Null => "null",
        JsonValueKind.Undefined => "nothing",
        JsonValueKind.String => "text",
        JsonValueKind.Array => "an array",
        JsonValueKind.Object => "an object",
        _ => "a number",
    };
}
