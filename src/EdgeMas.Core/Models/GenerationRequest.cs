using EdgeMas.Core.Messages;

namespace EdgeMas.Core.Models;

/// <summary>What an agent asks of a language model.</summary>
public sealed record GenerationRequest
{
    /// <summary>Who asks; for fairness, figures and reuse of its prefix.</summary>
    public required string Agent { get; init; }

    /// <summary>The prompt as written, control tokens included; or null to use <see cref="Turns"/> with the model's own chat template. The token that begins a text is put in
    /// front, where the model was trained with one and the prompt does not begin with it.</summary>
    public string? Prompt { get; init; }

    /// <summary>The prompt as the model's tokens, to which nothing is added; or null. Before <see cref="Prompt"/> and <see cref="Turns"/>.</summary>
    public IReadOnlyList<int>? PromptTokens { get; init; }

    public IReadOnlyList<ChatTurn> Turns { get; init; } = [];

    /// <summary>Name of one of <see cref="LanguageModelInfo.Adapters"/>, applied in place of the model's own; <see cref="AdapterCard.None"/> for the weights alone; null
    /// for the model's own, where it has one. What requests of different adapters begin with is not shared, and they are computed in turn, not together.</summary>
    public string? Adapter { get; init; }

    /// <summary>A grammar in GBNF that the output must follow, or null.</summary>
    public string? Gbnf { get; init; }

    /// <summary>A constraint of the caller's own, or null. Not together with <see cref="Gbnf"/>.</summary>
    public ITokenConstraint? Constraint { get; init; }

    public int MaxTokens { get; init; } = 512;

    public Sampling Sampling { get; init; } = Sampling.Greedy;

    public MessagePriority Priority { get; init; } = MessagePriority.Interactive;

    /// <summary>What happens when prompt and output do not fit into the context.</summary>
    public ContextOverflow Overflow { get; init; }

    /// <summary>Tokens at the beginning of the prompt that stay when others have to go: those of the instructions. Not with <see cref="ContextOverflow.Refuse"/>.</summary>
    public int KeepTokens { get; init; }

    /// <summary>Gets the text that has to go and gives one of at most an eighth of the context to stand in its place, control tokens included. It may ask the model
    /// itself. Called on any thread, before the request waits; what it throws fails the request. Only and always with <see cref="ContextOverflow.Summarise"/>.</summary>
    public Func<string, CancellationToken, Task<string>>? Summarise { get; init; }

    /// <summary>The answer is wanted within this time; among requests of one priority the one that is due first goes first. Null: no hurry.</summary>
    public TimeSpan? Within { get; init; }

    /// <summary>When this agent will ask again with a prompt that begins like this one and its output, if it knows; the model's memory keeps them accordingly.</summary>
    public TimeSpan? ReturnsAfter { get; init; }

    /// <summary>Texts that end the output; not part of it.</summary>
    public IReadOnlyList<string> Stop { get; init; } = [];
}
