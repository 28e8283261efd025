using System.Text;
using System.Text.Json.Nodes;
using EdgeMas.Host.CommandLine;

namespace EdgeMas.Host.Serving;

internal static class JsonAnswer
{
    public static async Task WriteJsonAsync(this HttpResponse response, JsonObject body, CancellationToken cancellationToken)
    {
        var bytes = Encoding.UTF8.GetBytes(body.ToJsonString(JsonText.Options));
        response.ContentType = "application/json; charset=utf-8";
        response.ContentLength = bytes.Length;
        await response.Body.WriteAsync(bytes, cancellationToken);
    }
}
