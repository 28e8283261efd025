using System.Text.Json;
using System.Text.Json.Serialization.Metadata;

namespace EdgeMas.Core;

/// <summary>Reads JSON that must say everything. Generated code sets what is missing to zero, not to the default that a property has elsewhere, and limits of a body may not be guessed.</summary>
public static class CompleteJson
{
    /// <param name="type">Writes all of its properties, and refuses null where the type does (<see cref="JsonSerializerOptions.RespectNullableAnnotations"/>).</param>
    /// <exception cref="JsonException">It is no such JSON, or a part is missing or null; the message has the part's path.</exception>
    public static T Read<T>(JsonElement json, JsonTypeInfo<T> type)
    {
        var value = json.Deserialize(type) ?? throw new JsonException("it is null");
        if (Missing(json, JsonSerializer.SerializeToElement(value, type), "$") is { } path)
            throw new JsonException($"{path} is missing");
        return value;
    }

    /// <returns>The path of what is in the whole and not in what was read; null for none.</returns>
    private static string? Missing(JsonElement read, JsonElement whole, string path)
    {
        if (whole.ValueKind == JsonValueKind.Object && read.ValueKind == JsonValueKind.Object)
        {
            foreach (var part in whole.EnumerateObject())
            {
                if (!read.TryGetProperty(part.Name, out var found))
                    return $"{path}.{part.Name}";
                if (Missing(found, part.Value, $"{path}.{part.Name}") is { } missing)
                    return missing;
            }
        }
        else if (whole.ValueKind == JsonValueKind.Array && read.ValueKind == JsonValueKind.Array)
        {
            for (var i = 0; i < whole.GetArrayLength(); i++)
            {
                if (whole[i].ValueKind == JsonValueKind.Null)
                    return $"{path}[{i}]";
                if (Missing(read[i], whole[i], $"{path}[{i}]") is { } missing)
                    return missing;
            }
        }
        return null;
    }
}
