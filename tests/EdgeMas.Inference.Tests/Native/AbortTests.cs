using EdgeMas.Inference.Native;
using Microsoft.Extensions.Logging.Abstractions;

namespace EdgeMas.Inference.Tests.Native;

public sealed class AbortTests
{
    [Fact]
    public void An_aborted_batch_leaves_nothing_behind_and_can_be_computed_again()
    {
        Models.LoadLibraries();
        using var model = NativeModel.Load(Models.Planner(), gpuLayers: 0, NullLogger.Instance, progress: null, TestContext.Current.CancellationToken);
        using var context = NativeContext.Create(model, "planner", new ContextShape(Cells: 512, Sequences: 2, Rows: 2, Batch: 64, Threads: 1), NullLogger.Instance);
        Fill(context, 64);
        context.Abort(true);

        Assert.Equal(DecodeStatus.Aborted, context.Decode());
        Assert.Equal(0, context.LengthOf(0));

        context.Abort(false);
        Assert.Equal(DecodeStatus.Done, context.Decode());
        Assert.Equal(64, context.LengthOf(0));
    }

    [Fact]
    public void A_full_memory_is_reported_and_kept()
    {
        Models.LoadLibraries();
        using var model = NativeModel.Load(Models.Planner(), gpuLayers: 0, NullLogger.Instance, progress: null, TestContext.Current.CancellationToken);
        using var context = NativeContext.Create(model, "planner", new ContextShape(Cells: 256, Sequences: 2, Rows: 2, Batch: 256, Threads: 1), NullLogger.Instance);
        Fill(context, 256);
        Assert.Equal(DecodeStatus.Done, context.Decode());

        context.Begin();
        context.Add(token: 5, position: 256, sequence: 0, output: true);

        Assert.Equal(DecodeStatus.NoRoom, context.Decode());
        Assert.Equal(256, context.LengthOf(0));
    }

    private static void Fill(NativeContext context, int tokens)
    {
        context.Begin();
        for (var i = 0; i < tokens; i++)
            context.Add(token: 10 + i, position: i, sequence: 0, output: i == tokens - 1);
    }
}
