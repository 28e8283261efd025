using EdgeMas.Core.Bus;
using EdgeMas.Host.Story;

namespace EdgeMas.Host.Session;

/// <summary>How a run shows itself: the live screen, plain lines, or JSON.</summary>
internal interface IRunView : IDisposable
{
    /// <summary>Something happened on the bus. Called by one thread, in order, under the story's gate.</summary>
    void Show(in Delivery delivery, StoryLine? line);

    /// <summary>Something about the run itself, such as a part that was left out.</summary>
    void Note(StoryLine line);

    /// <summary>Reads what a person types until the input ends or the token is cancelled.</summary>
    Task ReadAsync(Action<string> typed, CancellationToken cancellationToken);

    /// <summary>The run is over: reports and summary.</summary>
    void End(RunSummary summary);
}
