namespace EdgeMas.Core.Supervision;

/// <summary>Counts an agent's restarts against its policy. One thread.</summary>
internal sealed class RestartWindow(RestartPolicy policy, TimeProvider time)
{
    private static readonly TimeSpan LongestBackoff = TimeSpan.FromSeconds(5);

    private readonly Queue<long> _restarts = new();

    /// <param name="backoff">Wait before the restart.</param>
    /// <returns>False when the policy allows no more within its window.</returns>
    internal bool TryRestart(out TimeSpan backoff)
    {
        while (_restarts.TryPeek(out var oldest) && time.GetElapsedTime(oldest) >= policy.Window)
            _restarts.Dequeue();
        backoff = default;
        if (_restarts.Count >= policy.MaxRestarts)
            return false;
        var doubled = policy.Backoff.TotalSeconds * Math.Pow(2, _restarts.Count);
        backoff = TimeSpan.FromSeconds(Math.Min(doubled, LongestBackoff.TotalSeconds));
        _restarts.Enqueue(time.GetTimestamp());
        return true;
    }
}
