using EdgeMas.Core.Messages;

namespace EdgeMas.Core.Tests.Messages;

public sealed class MessageIdsTests
{
    [Fact]
    public async Task Ids_made_on_many_threads_differ()
    {
        var ids = await Task.WhenAll(Enumerable.Range(0, 8).Select(_ => Task.Run(() => Enumerable.Range(0, 1_000).Select(_ => MessageIds.Next()).ToArray())));

        Assert.Equal(8_000, ids.SelectMany(some => some).Distinct().Count());
    }
}
