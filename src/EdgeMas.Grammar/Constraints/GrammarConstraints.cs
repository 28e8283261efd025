using System.Runtime.CompilerServices;
using System.Text.Json;
using EdgeMas.Core.Models;
using EdgeMas.Core.Outputs;
using EdgeMas.Grammar.Languages;
using EdgeMas.Grammar.Schemas;
using EdgeMas.Grammar.Vocabulary;

namespace EdgeMas.Grammar.Constraints;

/// <summary>Holds one model's outputs to schemas and languages. What was seen before is not compiled again. Any thread.</summary>
public sealed class GrammarConstraints : IConstraintCompiler
{
    private const int Kept = 64;
    private const string AnyObject = """{"type":"object"}""";

    private readonly string _model;
    private readonly Lazy<TokenVocabulary> _vocabulary;
    private readonly ConditionalWeakTable<OutputLanguage, CompiledGrammar> _languages = [];
    private readonly Dictionary<string, CompiledGrammar> _grammars = new(StringComparer.Ordinal);

    /// <param name="model">Its name, for errors.</param>
    public GrammarConstraints(string model, ITokenizer tokenizer) => (_model, _vocabulary) = (model, new Lazy<TokenVocabulary>(() => new TokenVocabulary(tokenizer)));

    /// <summary>The vocabulary is prepared with the first constraint, or by <see cref="Prepare"/>.</summary>
    /// <returns>Null where the model does not tell its tokens: what it writes can only be checked.</returns>
    public static GrammarConstraints? For(ILanguageModel model) => model is ITokenizer tokenizer ? new GrammarConstraints(model.Info.Name, tokenizer) : null;

    /// <summary>Prepares the model's vocabulary now: half a second for 150,000 tokens.</summary>
    public void Prepare() => _ = _vocabulary.Value;

    public ITokenConstraint CompileJson(JsonElement? schema) => Hold(() => GrammarOf(
        schema?.GetRawText() ?? AnyObject, static text => CompiledGrammar.FromSchema(text, new SchemaOptions { Order = PropertyOrder.Declared }))); // as OpenAI does

    public ITokenConstraint Compile(OutputLanguage language) => Hold(() => language switch
    {
        OutputRegex regex => GrammarOf($"regex {regex.Pattern}", _ => CompiledGrammar.FromLanguage(language)),
        OutputGbnf gbnf => GrammarOf($"gbnf {gbnf.Grammar}", _ => CompiledGrammar.FromLanguage(language)),
        _ => _languages.GetValue(language, CompiledGrammar.FromLanguage),
    });

    /// <exception cref="ModelException">What was asked for cannot be compiled, nothing fulfils it, or this model cannot be held.</exception>
    private GrammarConstraint Hold(Func<CompiledGrammar> compile)
    {
        try
        {
            return new GrammarConstraint(compile(), _vocabulary.Value);
        }
        catch (Exception error) when (error is SchemaException or JsonException or GrammarTextException or VocabularyException)
        {
            throw new ModelException(_model, error.Message, error, ModelFault.Request);
        }
    }

    /// <param name="text">The schema, or a language's kind and text, which is no JSON.</param>
    private CompiledGrammar GrammarOf(string text, Func<string, CompiledGrammar> compile)
    {
        lock (_grammars)
        {
            if (_grammars.TryGetValue(text, out var known))
                return known;
        }
        var compiled = compile(text);
        lock (_grammars)
        {
            if (_grammars.Count >= Kept)
                _grammars.Clear();
            _grammars[text] = compiled;
        }
        return compiled;
    }
}
