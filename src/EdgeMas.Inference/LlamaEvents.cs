using Microsoft.Extensions.Logging;

namespace EdgeMas.Inference;

/// <summary>What is logged.</summary>
internal static partial class LlamaEvents
{
    [LoggerMessage(Message = "llama.cpp: {Line}")]
    internal static partial void NativeLine(ILogger logger, LogLevel level, string line);

    [LoggerMessage(LogLevel.Information, "model {Name} loaded: {Description}, {Megabytes:F0} MB, context {ContextTokens} tokens, {Threads} threads, in {Seconds:F2} s; agents share: {Memory}")]
    internal static partial void Loaded(ILogger logger, string name, string description, double megabytes, int contextTokens, int threads, double seconds, string memory);

    [LoggerMessage(LogLevel.Warning, "the package's own backend computes instead: {Reason}")]
    internal static partial void BuiltBackendRefused(ILogger logger, string reason);

    [LoggerMessage(LogLevel.Debug, "{Agent}: {PromptTokens} prompt tokens, {ReusedTokens} of them reused, {GeneratedTokens} generated")]
    internal static partial void Generated(ILogger logger, string agent, int promptTokens, int reusedTokens, int generatedTokens);

    [LoggerMessage(LogLevel.Warning, "an observer of batches failed and is not called any more")]
    internal static partial void ObserverFailed(ILogger logger, Exception exception);

    [LoggerMessage(LogLevel.Information, "{Tokens} tokens of earlier prompts are back from {Path}, in {Seconds:F2} s")]
    internal static partial void StateRestored(ILogger logger, int tokens, string path, double seconds);

    [LoggerMessage(LogLevel.Warning, "{Path} is refused: {Reason}; prompts are computed again, and the next one replaces it")]
    internal static partial void StateRefused(ILogger logger, string path, string reason);

    [LoggerMessage(LogLevel.Warning, "the prompts of model {Name} are not kept for the next start: {Reason}")]
    internal static partial void StateUnsupported(ILogger logger, string name, string reason);

    [LoggerMessage(LogLevel.Information, "{Tokens} tokens of {Runs} prompts kept in {Path}, written in {Seconds:F2} s")]
    internal static partial void StateSaved(ILogger logger, int tokens, int runs, string path, double seconds);

    [LoggerMessage(LogLevel.Warning, "prompts cannot be kept in {Path}")]
    internal static partial void StateNotSaved(ILogger logger, Exception exception, string path);

    [LoggerMessage(LogLevel.Critical, "the engine stops; all its requests fail")]
    internal static partial void Stopped(ILogger logger, Exception exception);

    [LoggerMessage(LogLevel.Warning, "{Agent}: the request failed")]
    internal static partial void Failed(ILogger logger, Exception exception, string agent);
}
