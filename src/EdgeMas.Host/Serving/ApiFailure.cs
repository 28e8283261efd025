using EdgeMas.Core.Models;
using EdgeMas.Grammar.Machine;

namespace EdgeMas.Host.Serving;

/// <summary>Finds the answer to whatever went wrong.</summary>
internal static class ApiFailure
{
    /// <returns>Null when the client has gone: nobody is there to be answered.</returns>
    public static ApiException? Of(Exception error, HttpContext context) => error switch
    {
        ApiException known => known,
        ModelException { Fault: ModelFault.Request } refused => ApiException.Invalid(refused.Reason),
        ModelException { Fault: ModelFault.Busy } busy => new(StatusCodes.Status429TooManyRequests, "rate_limit_error", busy.Reason, code: "engine_busy"),
        ModelException broken => new(StatusCodes.Status500InternalServerError, "server_error", broken.Message, inner: broken),
        GrammarLimitException limit => ApiException.Invalid($"the schema allows too much at once: {limit.Message}"),
        BadHttpRequestException http => new(http.StatusCode, "invalid_request_error", http.Message),
        _ when context.RequestAborted.IsCancellationRequested => null,
        OperationCanceledException => new(StatusCodes.Status504GatewayTimeout, "server_error", "the answer took longer than this server allows; ask for fewer tokens, or when it is less busy", code: "timeout"),
        ObjectDisposedException => new(StatusCodes.Status503ServiceUnavailable, "server_error", "the server is stopping"),
        _ => new(StatusCodes.Status500InternalServerError, "server_error", "the server failed; its log says why", inner: error),
    };
}
