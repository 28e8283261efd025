using System.Net;
using EdgeMas.Core.Models;

namespace EdgeMas.Host.Shelf;

/// <summary>Fetches a model's file over HTTPS: to a temporary name beside its place, verified, then renamed, so that a broken download is never taken for a model.</summary>
internal static class ModelDownload
{
    /// <summary>GGUF files begin with this. Source: ggml's gguf.md.</summary>
    private static ReadOnlySpan<byte> Magic => "GGUF"u8;

    private const long MaxBytes = 32L << 30;

    /// <summary>A server that sends nothing for so long is gone.</summary>
    private static readonly TimeSpan Stall = TimeSpan.FromSeconds(60);

    /// <summary>A download that was broken off begins anew: what came of it is removed.</summary>
    /// <param name="progress">Gets bytes so far and the total, 0 where the server does not say.</param>
    /// <exception cref="ModelException">The server refuses, the connection breaks, or what came is not the file.</exception>
    public static async Task<string> FetchAsync(
        HttpClient http, ShelfCard card, string folder, Action<long, long>? progress, CancellationToken cancellationToken, TimeSpan? stall = null)
    {
        var url = card.Url ?? throw new ModelException(card.Name, "has no url in the manifest: it comes with the product");
        var path = Path.Combine(folder, card.Files[0].Name);
        var partial = path + ".part";
        Directory.CreateDirectory(folder);
        try
        {
            using var response = await http.GetAsync(url, HttpCompletionOption.ResponseHeadersRead, cancellationToken);
            if (!response.IsSuccessStatusCode)
                throw new ModelException(card.Name, $"{url.Host} answers {(int)response.StatusCode} {response.ReasonPhrase}: {Mend(response.StatusCode)}, or fetch it by hand to {path}");
            await CopyAsync(card, response, partial, progress, stall ?? Stall, cancellationToken);
            await VerifyAsync(card, partial, cancellationToken);
            File.Move(partial, path, overwrite: true);
            return path;
        }
        catch (Exception error) when (error is HttpRequestException or IOException)
        {
            throw new ModelException(card.Name, $"cannot be fetched from {url.Host}: {error.Message}; try again, or fetch it by hand to {path}", error);
        }
        finally
        {
            File.Delete(partial);
        }
    }

    private static string Mend(HttpStatusCode answer) => answer switch
    {
        HttpStatusCode.Unauthorized or HttpStatusCode.Forbidden => "accept the model's terms there",
        HttpStatusCode.NotFound or HttpStatusCode.Gone => "correct its url in the manifest",
        _ => "try again later",
    };

    private static async Task CopyAsync(ShelfCard card, HttpResponseMessage response, string partial, Action<long, long>? progress, TimeSpan stall, CancellationToken cancellationToken)
    {
        using var patience = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        try
        {
            await CopyAsync(card, response, partial, progress, () => patience.CancelAfter(stall), patience.Token);
        }
        catch (OperationCanceledException error) when (!cancellationToken.IsCancellationRequested)
        {
            throw new ModelException(card.Name, $"no byte came for {stall.TotalSeconds:0.#} s: check the network and try again", error);
        }
    }

    private static async Task CopyAsync(ShelfCard card, HttpResponseMessage response, string partial, Action<long, long>? progress, Action alive, CancellationToken cancellationToken)
    {
        var total = response.Content.Headers.ContentLength ?? 0;
        await using var source = await response.Content.ReadAsStreamAsync(cancellationToken);
        await using var target = File.Create(partial);
        var buffer = new byte[1 << 16];
        alive();
        for (long done = 0; await source.ReadAsync(buffer, cancellationToken) is > 0 and var read;)
        {
            done += read;
            if (done > MaxBytes)
                throw new ModelException(card.Name, $"more than {MaxBytes:N0} bytes came: that is not the model");
            await target.WriteAsync(buffer.AsMemory(0, read), cancellationToken);
            progress?.Invoke(done, total);
            alive();
        }
    }

    private static async Task VerifyAsync(ShelfCard card, string partial, CancellationToken cancellationToken)
    {
        var head = new byte[4];
        int read;
        await using (var stream = File.OpenRead(partial))
            read = await stream.ReadAtLeastAsync(head, 4, throwOnEndOfStream: false, cancellationToken);
        if (!head.AsSpan(0, read).SequenceEqual(Magic))
            throw new ModelException(card.Name, "what the server sent is not a GGUF file: perhaps a page that asks to sign in; fetch it by hand");
        if ((await ModelCheck.CheckAsync(card.Files[0], partial, cancellationToken)).Problem is { } problem)
            throw new ModelException(card.Name, $"what the server sent is not the file: {problem}. It was not kept; try again later, or correct url and sha256 in the manifest");
    }
}
