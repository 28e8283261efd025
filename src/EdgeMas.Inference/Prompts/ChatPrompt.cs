using EdgeMas.Core.Models;
using EdgeMas.Inference.Native;
using EdgeMas.Inference.Tokens;

namespace EdgeMas.Inference.Prompts;

/// <summary>
/// Lays out turns as the model was trained to read them. llama.cpp knows the layouts of about fifty chat templates by their text and does not run Jinja. Where
/// a model has no template, or one that llama.cpp does not know, its control tokens tell: <c>&lt;|im_start|&gt;</c> means ChatML,
/// <c>&lt;start_of_turn&gt;</c> Gemma. Otherwise the turns are refused.
/// </summary>
internal sealed class ChatPrompt(string model, string? template, NativeVocabulary vocabulary, TokenTable table)
{
    /// <summary>Layouts of llama.cpp that a control token stands for.</summary>
    private static readonly (string Control, string Layout)[] Fallbacks = [("<|im_start|>", "chatml"), ("<start_of_turn>", "gemma")];

    /// <returns>The prompt with the beginning of the assistant's turn; contents cannot contain control tokens.</returns>
    /// <exception cref="ModelException">The model has no layout that is known.</exception>
    internal string LayOut(IReadOnlyList<ChatTurn> turns)
    {
        var safe = new List<ChatTurn>(turns.Count);
        foreach (var turn in turns)
            safe.Add(turn with { Content = table.BreakControls(turn.Content) });
        if (template is not null && NativeModel.ApplyTemplate(template, safe) is { } known)
            return known;
        foreach (var (control, layout) in Fallbacks)
        {
            if (IsControl(control) && NativeModel.ApplyTemplate(layout, safe) is { } fallback)
                return fallback;
        }
        throw new ModelException(model, template is null
            ? "it has no chat template: it takes a raw prompt, no turns. Use an instruct model or another prompt style."
            : "its chat template is none of those that llama.cpp v0.5.0 lays out. Give the prompt as raw text with its control tokens instead of turns.", fault: ModelFault.Request);
    }

    private bool IsControl(string text) =>
        vocabulary.Tokenize(text, parseControl: true) is [var token] && (table.AttributesOf(token) & (TokenAttributes.Control | TokenAttributes.UserDefined)) != TokenAttributes.None;
}
