using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Text;
using System.Text.Json;
using EdgeMas.Core;
using EdgeMas.Core.Outputs;
using EdgeMas.Grammar.Automata;
using EdgeMas.Grammar.Languages;
using EdgeMas.Grammar.Machine;
using EdgeMas.Grammar.Numbers;
using EdgeMas.Grammar.Patterns;
using EdgeMas.Grammar.Schemas;
using EdgeMas.Grammar.Strings;
using EdgeMas.Grammar.Values;
using EdgeMas.Grammar.Vocabulary;

namespace EdgeMas.Grammar;

/// <summary>A grammar ready for use: shared by all sequences that follow it. Any thread.</summary>
public sealed class CompiledGrammar
{
    private readonly ConditionalWeakTable<TokenVocabulary, MaskSource> _masks = [];

    /// <summary>Depth to which schemas and values may nest.</summary>
    public const int MaxDepth = SchemaDocument.MaxDepth;

    /// <summary>Characters of a regular expression, of choices together, or of a GBNF grammar.</summary>
    public const int MaxTextLength = 1 << 20;

    private readonly string? _hostNames;

    static CompiledGrammar()
    {
        // Tables that all grammars share are no schema's work, and a type that fails to initialize stays broken.
        RuntimeHelpers.RunClassConstructor(typeof(PatternClasses).TypeHandle);
        RuntimeHelpers.RunClassConstructor(typeof(PatternLanguage).TypeHandle);
        RuntimeHelpers.RunClassConstructor(typeof(NumberLanguage).TypeHandle);
        RuntimeHelpers.RunClassConstructor(typeof(StringSpelling).TypeHandle);
        RuntimeHelpers.RunClassConstructor(typeof(FreeString).TypeHandle);
        RuntimeHelpers.RunClassConstructor(typeof(Punctuation).TypeHandle);
    }

    private CompiledGrammar(Node root, string? hostNames)
    {
        Machine = new GrammarMachine(root);
        _hostNames = hostNames;
    }

    /// <summary>Nothing belongs to the grammar: every verdict is no, and no constraint can follow it.</summary>
    public bool IsEmpty => Machine.Start.IsDead;

    internal GrammarMachine Machine { get; }

    /// <summary>The grammar of all JSON texts that a schema allows.</summary>
    /// <exception cref="SchemaException">The schema is wrong, has something that is not supported, or asks for more work than the options allow.</exception>
    /// <exception cref="JsonException">It is no JSON.</exception>
    public static CompiledGrammar FromSchema(string schema, SchemaOptions? options = null)
    {
        ArgumentNullException.ThrowIfNull(schema);
        options ??= new SchemaOptions();
        if (schema.Length > options.MaxLength)
            throw new SchemaException("", "", $"it has more than {options.MaxLength} characters");
        using var document = JsonDocument.Parse(schema, new JsonDocumentOptions { MaxDepth = SchemaDocument.MaxDepth });
        return FromSchema(document.RootElement, options);
    }

    /// <exception cref="SchemaException">The schema is wrong, has something that is not supported, or asks for more work than the options allow.</exception>
    public static CompiledGrammar FromSchema(JsonElement schema, SchemaOptions? options = null)
    {
        options ??= new SchemaOptions();
        if (JsonMarshal.GetRawUtf8Value(schema).Length > options.MaxLength)
            throw new SchemaException("", "", $"it has more than {options.MaxLength} characters");
        if (UntrustedJson.Flaw(schema) is { } flaw)
            throw new SchemaException("", "", flaw);
        try
        {
            using var work = CompileWork.Begin(options.MaxWork);
            var (root, hostNames) = SchemaCompiler.Compile(new SchemaDocument(schema), options);
            return new CompiledGrammar(root, hostNames);
        }
        catch (GrammarLimitException error)
        {
            throw new SchemaException("", "", error.Message, error);
        }
    }

    /// <exception cref="ArgumentException">The language has no text.</exception>
    /// <exception cref="GrammarTextException">A regular expression or a GBNF grammar in it is wrong, or asks for too much.</exception>
    public static CompiledGrammar FromLanguage(OutputLanguage language) => language switch
    {
        OutputRegex regex => FromRegex(regex.Pattern),
        OutputGbnf gbnf => FromGbnf(gbnf.Grammar),
        _ => new CompiledGrammar(LanguageCompiler.Compile(language), hostNames: null),
    };

    /// <summary>The texts that a regular expression (ECMA-262, Unicode mode) matches from beginning to end.</summary>
    /// <exception cref="GrammarTextException">It is wrong, or no automaton of reasonable size follows it.</exception>
    public static CompiledGrammar FromRegex(string pattern)
    {
        ArgumentNullException.ThrowIfNull(pattern);
        return FromText("regex", pattern, LanguageCompiler.Regex);
    }

    /// <summary>One of some texts.</summary>
    /// <exception cref="GrammarTextException">There is none, or one is no Unicode text.</exception>
    public static CompiledGrammar FromChoices(IReadOnlyList<string> choices)
    {
        ArgumentNullException.ThrowIfNull(choices);
        for (var i = 0; i < choices.Count; i++)
        {
            if (!IsUnicode(choices[i]))
                throw new GrammarTextException("choices", i + 1, 1, "half of a surrogate pair: choices are Unicode text");
        }
        if (choices.Count == 0)
            throw new GrammarTextException("choices", 0, 0, "at least one is expected");
        return choices.Sum(static choice => (long)choice.Length) <= MaxTextLength
            ? FromLanguage(OutputLanguage.OneOf(choices.Distinct(StringComparer.Ordinal)))
            : throw new GrammarTextException("choices", 0, 0, $"they have more than {MaxTextLength} characters together");
    }

    /// <summary>The texts of llama.cpp's GBNF; its first rule is <c>root</c>.</summary>
    /// <exception cref="GrammarTextException">It is wrong, has no text, or asks for too much.</exception>
    public static CompiledGrammar FromGbnf(string grammar)
    {
        ArgumentNullException.ThrowIfNull(grammar);
        return FromText("gbnf", grammar, GbnfCompiler.Compile);
    }

    private static CompiledGrammar FromText(string kind, string text, Func<string, Node> compile)
    {
        if (text.Length > MaxTextLength)
            throw new GrammarTextException(kind, 0, 0, $"it has more than {MaxTextLength} characters");
        try
        {
            using var work = CompileWork.Begin(new SchemaOptions().MaxWork);
            return new CompiledGrammar(compile(text), hostNames: null);
        }
        catch (Exception error) when (error is GrammarLimitException or PatternException or TooManyStatesException)
        {
            throw new GrammarTextException(kind, 0, 0, error.Message, error);
        }
    }

    private static bool IsUnicode(ReadOnlySpan<char> text)
    {
        while (!text.IsEmpty)
        {
            if (Rune.DecodeFromUtf16(text, out _, out var length) != System.Buffers.OperationStatus.Done)
                return false;
            text = text[length..];
        }
        return true;
    }

    /// <summary>The whole text belongs to the grammar, as it is written.</summary>
    public bool Accepts(string text) => Accepts(Encoding.UTF8.GetBytes(text));

    /// <summary>The value belongs to the grammar of a schema, however it is written.</summary>
    /// <exception cref="SchemaException">The schema asks for host names, and the value has one whose verdict is not known here.</exception>
    public bool Accepts(JsonElement value)
    {
        if (UntrustedJson.Flaw(value) is not null)
            return false;
        RequireKnownHostNames(value);
        return Accepts(CanonicalJson.Write(value));
    }

    public bool Accepts(ReadOnlySpan<byte> utf8) => Machine.Step(Machine.Start, utf8).Ends;

    /// <returns>Null when the value belongs to the grammar; else where it leaves it.</returns>
    /// <exception cref="SchemaException">As above.</exception>
    public string? Objection(JsonElement value)
    {
        if (UntrustedJson.Flaw(value) is { } flaw)
            return flaw;
        RequireKnownHostNames(value);
        return Objection(CanonicalJson.Write(value));
    }

    /// <returns>Null when the text belongs to the grammar as it is written; else where it leaves it.</returns>
    public string? Objection(string value)
    {
        var text = Encoding.UTF8.GetBytes(value);
        var state = Machine.Start;
        for (var i = 0; i < text.Length; i++)
        {
            state = Machine.Step(state, text[i]);
            if (state.IsDead)
                return $"nothing that is allowed begins with {Encoding.UTF8.GetString(text.AsSpan(Math.Max(0, i - 60), Math.Min(60, i) + 1))}";
        }
        return state.Ends ? null : "it ends too early";
    }

    private void RequireKnownHostNames(JsonElement value)
    {
        if (_hostNames is not null && HostNames.HasOtherAlphabet(value))
            throw new SchemaException(_hostNames, "format", "whether a host name of another alphabet (xn--) is permitted is not decided here");
    }

    internal MaskSource MasksFor(TokenVocabulary vocabulary) => _masks.GetValue(vocabulary, v => new MaskSource(Machine, v));
}
