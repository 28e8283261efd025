using EdgeMas.Core.Models;

namespace EdgeMas.Inference.Prompts;

/// <summary>Shortens a prompt that does not fit, as its request wants it.</summary>
/// <param name="contextTokens">For prompt and output.</param>
internal sealed class PromptFit(int contextTokens)
{
    /// <summary>Tokens go by the quarter of a context: a conversation that grows keeps its new beginning for a while, so that it is reused.</summary>
    private int Step => Math.Max(1, contextTokens / 4);

    /// <summary>A prompt that slides leaves so many tokens to the output, if it may have that many.</summary>
    private int Room(int maxTokens) => Math.Clamp(maxTokens, 1, Step);

    internal bool Fits(int tokens, GenerationRequest request) => tokens < contextTokens && (request.Overflow == ContextOverflow.Refuse || tokens + Room(request.MaxTokens) <= contextTokens);

    /// <summary>How many tokens go, after the first <see cref="GenerationRequest.KeepTokens"/>.</summary>
    /// <param name="added">Tokens that take their place.</param>
    /// <returns>0 where what must stay does not fit either.</returns>
    internal int Dropped(int tokens, GenerationRequest request, int added = 0)
    {
        var over = tokens + added + Room(request.MaxTokens) - contextTokens;
        var dropped = (over + Step - 1) / Step * Step;
        var most = tokens - request.KeepTokens - 1; // the last one is what the output follows
        return over <= most ? Math.Min(dropped, most) : 0;
    }

    /// <returns>Null where what must stay does not fit either.</returns>
    internal int[]? Slide(int[] tokens, GenerationRequest request) =>
        Dropped(tokens.Length, request) is > 0 and var dropped ? [.. tokens.AsSpan(0, request.KeepTokens), .. tokens.AsSpan(request.KeepTokens + dropped)] : null;

    /// <param name="tokenize">Of the text that takes the place of what goes.</param>
    /// <param name="text">Of tokens.</param>
    /// <returns>Null where what must stay and the summary do not fit.</returns>
    internal async Task<int[]?> SummariseAsync(int[] tokens, GenerationRequest request, Func<ReadOnlyMemory<int>, string> text, Func<string, int[]> tokenize, CancellationToken cancellationToken)
    {
        var reserved = Step / 2;
        var dropped = Dropped(tokens.Length, request, reserved);
        if (dropped == 0)
            return null;
        var summary = tokenize(await request.Summarise!(text(tokens.AsMemory(request.KeepTokens, dropped)), cancellationToken));
        return tokens.Length - dropped + summary.Length + Room(request.MaxTokens) <= contextTokens
            ? [.. tokens.AsSpan(0, request.KeepTokens), .. summary, .. tokens.AsSpan(request.KeepTokens + dropped)]
            : null;
    }
}
