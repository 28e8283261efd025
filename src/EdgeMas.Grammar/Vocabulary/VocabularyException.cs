namespace EdgeMas.Grammar.Vocabulary;

/// <summary>A model's tokens cannot write every text, so that an output held to a grammar could come to where no token goes on.</summary>
public sealed class VocabularyException(string reason) : Exception(reason);
