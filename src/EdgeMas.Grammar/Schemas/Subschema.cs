using System.Text.Json;

namespace EdgeMas.Grammar.Schemas;

/// <summary>A schema inside a document.</summary>
/// <param name="Id">Counts from 0.</param>
/// <param name="Pointer">Where it stands.</param>
/// <param name="Base">What its references are relative to.</param>
internal sealed record Subschema(int Id, JsonElement Element, string Pointer, Uri Base)
{
    internal SchemaException Refuse(string keyword, string reason, Exception? inner = null) => new(Pointer, keyword, reason, inner);
}
