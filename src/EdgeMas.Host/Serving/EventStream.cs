using System.Text.Json.Nodes;
using EdgeMas.Host.CommandLine;

namespace EdgeMas.Host.Serving;

/// <summary>Server-sent events, each sent at once. The response begins with the first: whatever goes wrong before is answered with a status of its own.</summary>
internal sealed class EventStream(HttpContext context)
{
    public Task WriteAsync(JsonObject data) => WriteAsync(data.ToJsonString(JsonText.Options));

    public Task EndAsync() => WriteAsync("[DONE]");

    private async Task WriteAsync(string data)
    {
        if (!context.Response.HasStarted)
        {
            context.Response.ContentType = "text/event-stream; charset=utf-8";
            context.Response.Headers.CacheControl = "no-cache";
        }
        await context.Response.WriteAsync($"data: {data}\n\n", context.RequestAborted);
        await context.Response.Body.FlushAsync(context.RequestAborted);
    }
}
