using System.Text;
using System.Text.Json;
using EdgeMas.Core.Outputs;
using EdgeMas.Grammar.Languages;
using EdgeMas.Grammar.Machine;
using EdgeMas.Grammar.Schemas;
using EdgeMas.Grammar.Strings;
using EdgeMas.Grammar.Vocabulary;

namespace EdgeMas.Grammar;

/// <summary>A grammar ready for use: shared by all sequences that follow it. Any thread.</summary>
public sealed class CompiledGrammar
{
    private readonly System.Runtime.CompilerServices.ConditionalWeakTable<TokenVocabulary, MaskSource> _masks = [];

    /// <summary>Depth to which schemas and values may nest.</summary>
    public const int MaxDepth = SchemaDocument.MaxDepth;

    private CompiledGrammar(Node root) => Machine = new GrammarMachine(root);

    internal GrammarMachine Machine { get; }

    /// <summary>The grammar of all JSON texts that a schema allows.</summary>
    /// <exception cref="SchemaException">The schema is wrong, has something that is not supported, or nothing fulfils it.</exception>
    /// <exception cref="JsonException">It is no JSON.</exception>
    public static CompiledGrammar FromSchema(string schema, SchemaOptions? options = null)
    {
        ArgumentNullException.ThrowIfNull(schema);
        using var document = JsonDocument.Parse(schema, new JsonDocumentOptions { MaxDepth = SchemaDocument.MaxDepth });
        return FromSchema(document.RootElement, options);
    }

    /// <exception cref="SchemaException">The schema is wrong, has something that is not supported, or nothing fulfils it.</exception>
    public static CompiledGrammar FromSchema(JsonElement schema, SchemaOptions? options = null)
    {
        options ??= new SchemaOptions();
        try
        {
            return new CompiledGrammar(SchemaCompiler.Compile(new SchemaDocument(schema), options));
        }
        catch (GrammarLimitException error)
        {
            throw new SchemaException("", "", error.Message, error);
        }
    }

    /// <exception cref="ArgumentException">The language has no text.</exception>
    public static CompiledGrammar FromLanguage(OutputLanguage language) => new(LanguageCompiler.Compile(language));

    /// <summary>The whole text belongs to the grammar.</summary>
    public bool Accepts(string text) => Accepts(Encoding.UTF8.GetBytes(text));

    /// <summary>The value belongs to the grammar of a schema, however it is written.</summary>
    public bool Accepts(JsonElement value) => Accepts(CanonicalJson.Write(value));

    public bool Accepts(ReadOnlySpan<byte> utf8) => Machine.Step(Machine.Start, utf8).Ends;

    /// <returns>Null when the value belongs to the grammar; else where it leaves it.</returns>
    public string? Objection(JsonElement value)
    {
        var text = Encoding.UTF8.GetBytes(CanonicalJson.Write(value));
        var state = Machine.Start;
        for (var i = 0; i < text.Length; i++)
        {
            state = Machine.Step(state, text[i]);
            if (state.IsDead)
                return $"nothing that is allowed begins with {Encoding.UTF8.GetString(text.AsSpan(Math.Max(0, i - 60), Math.Min(60, i) + 1))}";
        }
        return state.Ends ? null : "it ends too early";
    }

    internal MaskSource MasksFor(TokenVocabulary vocabulary) => _masks.GetValue(vocabulary, v => new MaskSource(Machine, v));
}
