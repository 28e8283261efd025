using Microsoft.Extensions.Logging;

namespace EdgeMas.Inference;

/// <summary>What is logged.</summary>
internal static partial class LlamaEvents
{
    [LoggerMessage(Message = "llama.cpp: {Line}")]
    internal static partial void NativeLine(ILogger logger, LogLevel level, string line);

    [LoggerMessage(LogLevel.Information, "model {Name} loaded: {Description}, {Megabytes:F0} MB, context {ContextTokens} tokens, {Threads} threads, in {Seconds:F2} s; agents share: {Memory}")]
    internal static partial void Loaded(ILogger logger, string name, string description, double megabytes, int contextTokens, int threads, double seconds, string memory);

    [LoggerMessage(LogLevel.Debug, "{Agent}: {PromptTokens} prompt tokens, {ReusedTokens} of them reused, {GeneratedTokens} generated")]
    internal static partial void Generated(ILogger logger, string agent, int promptTokens, int reusedTokens, int generatedTokens);

    [LoggerMessage(LogLevel.Warning, "an observer of batches failed and is not called any more")]
    internal static partial void ObserverFailed(ILogger logger, Exception exception);

    [LoggerMessage(LogLevel.Critical, "the engine stops; all its requests fail")]
    internal static partial void Stopped(ILogger logger, Exception exception);

    [LoggerMessage(LogLevel.Warning, "{Agent}: the request failed")]
    internal static partial void Failed(ILogger logger, Exception exception, string agent);
}
