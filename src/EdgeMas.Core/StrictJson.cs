using System.Text.Json;
using System.Text.Json.Serialization;
using System.Text.Json.Serialization.Metadata;

namespace EdgeMas.Core;

/// <summary>How JSON is read that this program did not just write: what a record does not call nullable or optional must be there.</summary>
public static class StrictJson
{
    /// <returns>Read-only; a <see cref="JsonException"/> says what is missing, or null where it may not be.</returns>
    public static JsonSerializerOptions Of(JsonSerializerContext context)
    {
        var options = new JsonSerializerOptions(context.Options)
        {
            RespectNullableAnnotations = true,
            TypeInfoResolver = context.WithAddedModifier(static info =>
            {
                foreach (var property in info.Properties)
                    property.IsRequired |= property.AssociatedParameter is { IsNullable: false, HasDefaultValue: false, IsMemberInitializer: false }; // what is set beside the constructor came later, and older senders lack it
            }),
        };
        options.MakeReadOnly();
        return options;
    }
}
