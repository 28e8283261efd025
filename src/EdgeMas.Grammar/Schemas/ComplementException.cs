namespace EdgeMas.Grammar.Schemas;

/// <summary>A combination of schemas cannot be written as alternatives. The compiler turns it into a refusal that names the place.</summary>
internal sealed class ComplementException(string reason) : Exception(reason);
