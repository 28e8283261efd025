using System.Security.Cryptography;
using EdgeMas.Core.Models;
using EdgeMas.Host.Shelf;

namespace EdgeMas.Host.Tests.Shelf;

public sealed class ModelDownloadTests : IDisposable
{
    private static readonly byte[] Model = [.. "GGUF"u8, .. Enumerable.Range(0, 300_000).Select(i => (byte)(i * 7))];

    private readonly string _folder = Directory.CreateTempSubdirectory("edgemas-pull-").FullName;

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Fact]
    public async Task A_model_comes_whole_and_its_progress_is_told_to_the_last_byte()
    {
        await using var server = new FileServer(Model);
        (long Done, long Total) last = default;

        var path = await FetchAsync(server, (done, total) => last = (done, total));

        Assert.Equal(Model, await File.ReadAllBytesAsync(path, TestContext.Current.CancellationToken));
        Assert.Equal((Model.Length, Model.Length), last);
        Assert.Equal([path], Directory.GetFiles(_folder));
    }

    [Fact]
    public async Task A_file_with_another_hash_is_refused_and_not_kept()
    {
        byte[] changed = [.. Model];
        changed[^1] ^= 1;
        await using var server = new FileServer(changed);

        var error = await Assert.ThrowsAsync<ModelException>(() => FetchAsync(server));

        Assert.Contains("sha256", error.Message);
        Assert.Empty(Directory.GetFiles(_folder));
    }

    [Fact]
    public async Task A_download_that_is_cut_off_leaves_nothing_and_the_next_one_begins_anew()
    {
        await using (var broken = new FileServer(Model[..100_000], announced: Model.Length))
            await Assert.ThrowsAsync<ModelException>(() => FetchAsync(broken));
        Assert.Empty(Directory.GetFiles(_folder));

        await using var whole = new FileServer(Model);

        Assert.Equal(Model, await File.ReadAllBytesAsync(await FetchAsync(whole), TestContext.Current.CancellationToken));
    }

    [Fact]
    public async Task A_server_that_goes_silent_is_given_up()
    {
        await using var server = new FileServer(Model[..100_000], announced: Model.Length, goesSilent: true);

        var error = await Assert.ThrowsAsync<ModelException>(() => FetchAsync(server, stall: TimeSpan.FromMilliseconds(300)));

        Assert.Contains("no byte came", error.Message);
        Assert.Empty(Directory.GetFiles(_folder));
    }

    [Fact]
    public async Task A_page_instead_of_the_model_is_refused()
    {
        await using var server = new FileServer([.. "<html>sign in</html>"u8]);

        var error = await Assert.ThrowsAsync<ModelException>(() => FetchAsync(server));

        Assert.Contains("not a GGUF file", error.Message);
        Assert.Empty(Directory.GetFiles(_folder));
    }

    [Theory]
    [InlineData("403 Forbidden", "terms")]
    [InlineData("404 Not Found", "manifest")]
    [InlineData("503 Busy", "later")]
    public async Task A_refusal_is_told_with_its_mend(string status, string mend)
    {
        await using var server = new FileServer([], status: status);

        var error = await Assert.ThrowsAsync<ModelException>(() => FetchAsync(server));

        Assert.Contains(status[..3], error.Message);
        Assert.Contains(mend, error.Message);
    }

    private async Task<string> FetchAsync(FileServer server, Action<long, long>? progress = null, TimeSpan? stall = null)
    {
        var file = new ShelfFile("model.gguf", null, Convert.ToHexStringLower(SHA256.HashData(Model)));
        var card = new ShelfCard("model", "", false, [file], null, server.Url, PromptStyle.Chat, 1024, "Apache-2.0", null);
        using var http = new HttpClient();
        return await ModelDownload.FetchAsync(http, card, _folder, progress, TestContext.Current.CancellationToken, stall);
    }
}
