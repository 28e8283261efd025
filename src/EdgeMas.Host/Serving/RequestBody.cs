using System.Text.Json;
using EdgeMas.Core;

namespace EdgeMas.Host.Serving;

/// <summary>Reads a request's body, bounded in size and time.</summary>
internal static class RequestBody
{
    /// <summary>A body that is too large is read on and thrown away up to here: who is still writing hears no answer.</summary>
    public const long MostDiscarded = 64 << 20;

    /// <exception cref="ApiException">Too large, too slow, or no JSON.</exception>
    public static async Task<JsonElement> ReadAsync(HttpContext context, ServingOptions options)
    {
        var bytes = await ReadBytesAsync(context, options);
        try
        {
            return UntrustedJson.Parse(bytes, "the body is no JSON that can be read");
        }
        catch (FormatException error)
        {
            throw ApiException.Invalid(error.Message, code: "invalid_json");
        }
    }

    private static async Task<ReadOnlyMemory<byte>> ReadBytesAsync(HttpContext context, ServingOptions options)
    {
        using var late = CancellationTokenSource.CreateLinkedTokenSource(context.RequestAborted);
        late.CancelAfter(options.ReadTimeout);
        using var body = new MemoryStream();
        var buffer = new byte[1 << 14];
        long total = 0;
        try
        {
            while (await context.Request.Body.ReadAsync(buffer, late.Token) is > 0 and var read)
            {
                total += read;
                if (total <= options.MaxBodyBytes)
                    body.Write(buffer, 0, read);
            }
        }
        catch (OperationCanceledException) when (!context.RequestAborted.IsCancellationRequested)
        {
            context.Response.Headers.Connection = "close";
            throw new ApiException(StatusCodes.Status408RequestTimeout, "invalid_request_error", $"the body did not come within {options.ReadTimeout.TotalSeconds} s", code: "timeout");
        }
        return total <= options.MaxBodyBytes
            ? body.GetBuffer().AsMemory(0, (int)body.Length)
            : throw new ApiException(StatusCodes.Status413PayloadTooLarge, "invalid_request_error", $"the body has {total:N0} bytes; at most {options.MaxBodyBytes:N0} are taken", code: "request_too_large");
    }
}
