using System.Runtime.CompilerServices;
using EdgeMas.Core.Models;
using EdgeMas.Core.Outputs;
using EdgeMas.Grammar.Vocabulary;

namespace EdgeMas.Grammar.Constraints;

/// <summary>Holds outputs of the model with this vocabulary to agents' languages.</summary>
public sealed class OutputConstraints(TokenVocabulary vocabulary) : IOutputConstraints
{
    private readonly ConditionalWeakTable<OutputLanguage, CompiledGrammar> _grammars = [];

    /// <returns>Null where the model does not tell its tokens: what it writes can only be checked.</returns>
    public static OutputConstraints? For(ILanguageModel model) => model is ITokenizer tokenizer ? new OutputConstraints(new TokenVocabulary(tokenizer)) : null;

    public ITokenConstraint Create(OutputLanguage language) => new GrammarConstraint(_grammars.GetValue(language, CompiledGrammar.FromLanguage), vocabulary);
}
