using System.Runtime.CompilerServices;
using System.Text.Json;
using EdgeMas.Core.Models;
using EdgeMas.Core.Outputs;
using EdgeMas.Grammar.Schemas;
using EdgeMas.Grammar.Vocabulary;

namespace EdgeMas.Grammar.Constraints;

/// <summary>Holds one model's outputs to schemas and languages. What was seen before is not compiled again. Any thread.</summary>
/// <param name="model">Its name, for errors.</param>
public sealed class GrammarConstraints(string model, TokenVocabulary vocabulary) : IConstraintCompiler
{
    private const int Kept = 64;
    private const string AnyObject = """{"type":"object"}""";

    private readonly ConditionalWeakTable<OutputLanguage, CompiledGrammar> _languages = [];
    private readonly Dictionary<string, CompiledGrammar> _grammars = new(StringComparer.Ordinal);

    /// <returns>Null where the model does not tell its tokens: what it writes can only be checked.</returns>
    public static GrammarConstraints? For(ILanguageModel model) => model is ITokenizer tokenizer ? new GrammarConstraints(model.Info.Name, new TokenVocabulary(tokenizer)) : null;

    public ITokenConstraint CompileJson(JsonElement? schema) => new GrammarConstraint(GrammarOf(schema?.GetRawText() ?? AnyObject), vocabulary);

    public ITokenConstraint Compile(OutputLanguage language) => new GrammarConstraint(_languages.GetValue(language, CompiledGrammar.FromLanguage), vocabulary);

    private CompiledGrammar GrammarOf(string schema)
    {
        lock (_grammars)
        {
            if (_grammars.TryGetValue(schema, out var known))
                return known;
        }
        var compiled = Compile(schema);
        lock (_grammars)
        {
            if (_grammars.Count >= Kept)
                _grammars.Clear();
            _grammars[schema] = compiled;
        }
        return compiled;
    }

    private CompiledGrammar Compile(string schema)
    {
        try
        {
            return CompiledGrammar.FromSchema(schema, new SchemaOptions { Order = PropertyOrder.Declared }); // as OpenAI does
        }
        catch (Exception error) when (error is SchemaException or JsonException)
        {
            throw new ModelException(model, error.Message, error, ModelFault.Request);
        }
    }
}
