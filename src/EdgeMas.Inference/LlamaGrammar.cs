using EdgeMas.Inference.Native;
using EdgeMas.Inference.Sampling;

namespace EdgeMas.Inference;

/// <summary>A GBNF grammar as llama.cpp's own sampler follows it, asked about the whole vocabulary: what other constraints are measured against. One thread.</summary>
public sealed class LlamaGrammar : IDisposable
{
    private readonly NativeGrammar _grammar;
    private readonly llama_token_data[] _candidates;

    /// <exception cref="ArgumentException">It is no GBNF that llama.cpp reads.</exception>
    internal LlamaGrammar(NativeVocabulary vocabulary, string gbnf)
    {
        if (GrammarText.Objection(gbnf) is { } objection)
            throw new ArgumentException(objection, nameof(gbnf));
        _grammar = vocabulary.ParseGrammar(gbnf) ?? throw new ArgumentException("llama.cpp does not read the grammar", nameof(gbnf));
        _candidates = new llama_token_data[vocabulary.Count];
        Reset();
    }

    /// <summary>Marks the tokens that may not come next. Once for each token.</summary>
    public void Apply() => _grammar.Apply(_candidates);

    /// <summary>The token was not marked.</summary>
    public bool Allows(int token) => float.IsFinite(_candidates[token].logit);

    /// <param name="token">One that it <see cref="Allows"/>, and no end token.</param>
    public void Accept(int token)
    {
        if (!Allows(token))
            throw new ArgumentOutOfRangeException(nameof(token), token, "the grammar does not allow the token here");
        _grammar.Accept(token);
        Reset();
    }

    public void Dispose() => _grammar.Dispose();

    private void Reset()
    {
        for (var token = 0; token < _candidates.Length; token++)
            _candidates[token] = new llama_token_data { id = token };
    }
}
