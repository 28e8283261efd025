using EdgeMas.Core.Messages;

namespace EdgeMas.Inference.Engine;

/// <summary>Requests that wait, one lane for each priority. Bounded: one more than <paramref name="capacity"/> in a lane is refused and counted. Any thread.</summary>
internal sealed class RequestQueue(int capacity)
{
    private readonly object _gate = new();
    private readonly LinkedList<GenerationJob>[] _lanes = [.. Enum.GetValues<MessagePriority>().Select(_ => new LinkedList<GenerationJob>())];
    private long _refused;
    private bool _closed;

    internal long Refused => Interlocked.Read(ref _refused);

    internal int Waiting
    {
        get
        {
            lock (_gate)
                return _lanes.Sum(lane => lane.Count);
        }
    }

    /// <returns>False when the lane is full.</returns>
    /// <exception cref="ObjectDisposedException">It is closed.</exception>
    internal bool TryAdd(GenerationJob job)
    {
        lock (_gate)
        {
            ObjectDisposedException.ThrowIf(_closed, typeof(LlamaModel));
            var lane = _lanes[(int)job.Request.Priority];
            if (lane.Count >= capacity)
            {
                Interlocked.Increment(ref _refused);
                return false;
            }
            lane.AddLast(job);
            Monitor.Pulse(_gate);
            return true;
        }
    }

    /// <returns>False when it was not waiting any more.</returns>
    internal bool Remove(GenerationJob job)
    {
        lock (_gate)
            return _lanes[(int)job.Request.Priority].Remove(job);
    }

    /// <summary>Waits for a request and takes the one to serve next.</summary>
    /// <returns>Null when nothing came in time, or the queue is closed.</returns>
    internal GenerationJob? Take(TimeSpan patience)
    {
        lock (_gate)
        {
            if (First() is { } waiting)
                return waiting;
            if (!_closed)
                Monitor.Wait(_gate, patience);
            return First();
        }
    }

    /// <summary>Refuses everything from now on.</summary>
    /// <returns>What was waiting.</returns>
    internal IReadOnlyList<GenerationJob> Close()
    {
        lock (_gate)
        {
            _closed = true;
            var left = _lanes.SelectMany(lane => lane).ToList();
            foreach (var lane in _lanes)
                lane.Clear();
            Monitor.PulseAll(_gate);
            return left;
        }
    }

    private GenerationJob? First()
    {
        foreach (var lane in _lanes)
        {
            if (lane.First is { } first)
            {
                lane.RemoveFirst();
                return first.Value;
            }
        }
        return null;
    }
}
