using System.Text.Json.Nodes;

namespace EdgeMas.Host.Serving;

/// <summary>A request is answered with an error, in OpenAI's shape.</summary>
/// <param name="status">HTTP status.</param>
/// <param name="type">As OpenAI names kinds of errors: <c>invalid_request_error</c>.</param>
/// <param name="field">The field that is wrong, or null.</param>
internal sealed class ApiException(int status, string type, string message, string? field = null, string? code = null, Exception? inner = null) : Exception(message, inner)
{
    public int Status { get; } = status;

    public static ApiException Invalid(string message, string? field = null, string? code = null) =>
        new(StatusCodes.Status400BadRequest, "invalid_request_error", message, field, code);

    public JsonObject ToJson() => new() { ["error"] = new JsonObject { ["message"] = Message, ["type"] = type, ["param"] = field, ["code"] = code } };
}
