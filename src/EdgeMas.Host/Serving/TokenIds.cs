using System.Text.Json;

namespace EdgeMas.Host.Serving;

/// <summary>Prompts as ids of tokens.</summary>
internal static class TokenIds
{
    /// <returns>Null where it is no array of whole numbers. Which of them the model has, the model says.</returns>
    public static int[]? Read(JsonElement value)
    {
        if (value.ValueKind != JsonValueKind.Array)
            return null;
        var tokens = new int[value.GetArrayLength()];
        var count = 0;
        foreach (var item in value.EnumerateArray())
        {
            if (item.ValueKind != JsonValueKind.Number || !item.TryGetInt32(out tokens[count++]))
                return null;
        }
        return tokens;
    }
}
