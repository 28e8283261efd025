using System.Net;
using System.Security.Cryptography;
using System.Text;
using Microsoft.Extensions.Logging;

namespace EdgeMas.Host.Serving;

/// <summary>Every request passes here: who may ask is checked, whatever goes wrong becomes an answer in OpenAI's shape, and all of it is counted.</summary>
internal sealed class RequestGate(ServingOptions options, ServingMetrics metrics, TimeProvider time, ILogger logger)
{
    private const int ClientLeft = 499;

    private readonly byte[]? _key = options.ApiKey is { } key ? SHA256.HashData(Encoding.UTF8.GetBytes(key)) : null;

    public async Task InvokeAsync(HttpContext context, RequestDelegate next)
    {
        var started = time.GetTimestamp();
        var status = ClientLeft;
        try
        {
            Check(context);
            await next(context);
            if (!context.Response.HasStarted && context.Response.StatusCode is StatusCodes.Status404NotFound or StatusCodes.Status405MethodNotAllowed)
                throw NoEndpoint(context);
            status = context.Response.StatusCode;
        }
#pragma warning disable CA1031 // Whatever one request breaks is answered, logged and counted; the server goes on for the others.
        catch (Exception error)
        {
            status = await AnswerAsync(context, error);
        }
#pragma warning restore CA1031
        finally
        {
            metrics.Answered(context.GetEndpoint()?.DisplayName is ['/', ..] and var path ? path : "other", status, time.GetElapsedTime(started));
        }
    }

    private static ApiException NoEndpoint(HttpContext context) => context.Response.StatusCode == StatusCodes.Status405MethodNotAllowed
        ? new ApiException(StatusCodes.Status405MethodNotAllowed, "invalid_request_error", $"{context.Request.Method} is not how {context.Request.Path} is asked; use {context.Response.Headers.Allow}")
        : new ApiException(StatusCodes.Status404NotFound, "invalid_request_error", $"there is nothing at {context.Request.Path}", code: "unknown_url");

    private void Check(HttpContext context)
    {
        // A page of any site can make the user's browser post to this computer; browsers say where the page came from.
        if (context.Request.Headers.Origin is [{ Length: > 0 } origin] && !(Uri.TryCreate(origin, UriKind.Absolute, out var from) && from.Authority == context.Request.Host.Value))
            throw new ApiException(StatusCodes.Status403Forbidden, "permission_error", "pages of other sites may not ask this server", "Origin");
        if (_key is null && Caller.IsUrgent(context.Request) && context.Connection.RemoteIpAddress is { } remote && !IPAddress.IsLoopback(remote))
            throw new ApiException(StatusCodes.Status403Forbidden, "permission_error", $"'{Caller.PriorityHeader}: safety' stops all other agents: from another computer only where the server has an API key", Caller.PriorityHeader);
        if (_key is null || context.Request.Path == InferenceServer.HealthPath)
            return;
        const string Scheme = "Bearer ";
        var given = context.Request.Headers.Authorization.ToString();
        var hash = SHA256.HashData(Encoding.UTF8.GetBytes(given.StartsWith(Scheme, StringComparison.OrdinalIgnoreCase) ? given[Scheme.Length..] : ""));
        if (!CryptographicOperations.FixedTimeEquals(hash, _key))
            throw new ApiException(StatusCodes.Status401Unauthorized, "authentication_error", "this server wants its API key: Authorization: Bearer KEY", code: "invalid_api_key");
    }

    /// <returns>The status for the count.</returns>
    private async Task<int> AnswerAsync(HttpContext context, Exception error)
    {
        if (ApiFailure.Of(error, context) is not { } failure)
            return ClientLeft;
        if (failure.Status >= StatusCodes.Status500InternalServerError && error is not ApiException)
            ServingEvents.Failed(logger, error, context.Request.Path);
        if (!context.Response.HasStarted)
        {
            context.Response.StatusCode = failure.Status;
            await context.Response.WriteJsonAsync(failure.ToJson(), context.RequestAborted);
        }
        else
        {
            // A stream without its end, and the reason in its last event: closing the connection at once could take both from the client.
            await new EventStream(context).WriteAsync(failure.ToJson());
        }
        return failure.Status;
    }
}
