using System.Text.Json;
using EdgeMas.Core.Models;
using EdgeMas.Core.Outputs;

namespace EdgeMas.Host.Bench;

/// <summary>The same model, held by llama.cpp's grammar sampler: it hands out languages as GBNF and passes them on with the request. One stream.</summary>
internal sealed class PeerHeldModel(ILanguageModel inner) : ILanguageModel, IConstraintCompiler
{
    public LanguageModelInfo Info => inner.Info;

    public LanguageModelCounters Counters => inner.Counters;

    public Task<GenerationResult> GenerateAsync(GenerationRequest request, Action<string>? onText, CancellationToken cancellationToken) =>
        inner.GenerateAsync(request.Constraint is Gbnf grammar ? request with { Constraint = null, Gbnf = grammar.Text } : request, onText, cancellationToken);

    public ITokenConstraint CompileJson(JsonElement? schema) => throw new NotSupportedException("plans are languages of parts");

    public ITokenConstraint Compile(OutputLanguage language) => new Gbnf(PeerGrammar.Write(language));

    /// <summary>The model is its owner's.</summary>
    public ValueTask DisposeAsync() => ValueTask.CompletedTask;

    /// <summary>Never asked about a token: the engine gets its text.</summary>
    private sealed record Gbnf(string Text) : ITokenConstraint
    {
        public bool IsComplete => throw new NotSupportedException();

        public void FillMask(Span<uint> mask) => throw new NotSupportedException();

        public int TakeForced(Span<int> tokens) => throw new NotSupportedException();

        public void Accept(int token) => throw new NotSupportedException();
    }
}
