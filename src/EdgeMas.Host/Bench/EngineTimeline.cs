using EdgeMas.Inference.Timeline;

namespace EdgeMas.Host.Bench;

/// <summary>What an engine did in a run; all times in seconds from its beginning.</summary>
internal sealed record EngineTimeline(string Model, IReadOnlyList<EngineTimeline.Request> Requests, IReadOnlyList<EngineTimeline.Batch> Batches)
{
    /// <param name="Agent">One request each.</param>
    /// <param name="Reused">Prompt tokens that were in the memory when it began.</param>
    internal sealed record Request(string Agent, string Priority, double Asked, double Ended, int Prompt, int Reused, int Output);

    internal sealed record Batch(double Began, double Seconds, int Tokens, bool Aborted, IReadOnlyList<BatchPart> Parts)
    {
        public bool IsShared => Parts.Count > 1;

        public double Ended => Began + Seconds;
    }

    public double Seconds => Math.Max(Batches.Max(batch => batch.Ended), Requests.Max(request => request.Ended));
}
