using EdgeMas.Grammar.Patterns;

namespace EdgeMas.Grammar.Languages;

/// <summary>A rule's name inside another rule.</summary>
/// <param name="At">Where it stands in the text.</param>
internal sealed record GbnfReference(string Name, int At) : Pattern;
