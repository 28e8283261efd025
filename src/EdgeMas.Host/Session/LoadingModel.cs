using EdgeMas.Core.Models;

namespace EdgeMas.Host.Session;

/// <summary>A model that is loaded while others go on, and owned from its start: what is still loading when this is disposed is given up, what was loaded is disposed.</summary>
internal sealed class LoadingModel : IAsyncDisposable
{
    private readonly CancellationTokenSource _stop;

    public LoadingModel(Func<CancellationToken, Task<(ILanguageModel Model, PromptStyle Style)>> load, CancellationToken cancellationToken)
    {
        _stop = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        Model = Task.Run(async () => (await load(_stop.Token)).Model, _stop.Token);
    }

    public Task<ILanguageModel> Model { get; }

    public async ValueTask DisposeAsync()
    {
        await _stop.CancelAsync();
        await Model.ContinueWith(static _ => { }, CancellationToken.None, TaskContinuationOptions.ExecuteSynchronously, TaskScheduler.Default); // a failure is told where Model is awaited
        if (Model.IsCompletedSuccessfully)
            await (await Model).DisposeAsync();
        _stop.Dispose();
    }
}
