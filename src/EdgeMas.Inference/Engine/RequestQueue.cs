using EdgeMas.Core.Messages;

namespace EdgeMas.Inference.Engine;

/// <summary>
/// Requests that wait, one lane for each priority. Bounded: one more than <paramref name="capacity"/> in a lane is refused and counted. Within a lane the one
/// that is due first goes first; among those without a hurry agents take turns by the tokens they asked for, so that one who asks a lot does not hold up one
/// who asks little (start-time fair queueing: Goyal, Vin and Cheng, SIGCOMM 1996). Any thread.
/// </summary>
internal sealed class RequestQueue(int capacity)
{
    private const int MostAgents = 1024;

    private readonly object _gate = new();
    private readonly LinkedList<GenerationJob>[] _lanes = [.. Enum.GetValues<MessagePriority>().Select(_ => new LinkedList<GenerationJob>())];
    private readonly Dictionary<string, long> _turns = new(StringComparer.Ordinal);
    private long _turn;
    private long _refused;
    private bool _closed;

    internal long Refused => Interlocked.Read(ref _refused);

    internal int Waiting
    {
        get
        {
            lock (_gate)
                return _lanes[0].Count + _lanes[1].Count + _lanes[2].Count;
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
            TakeTurn(job);
            job.Entry?.Wait();
            lane.AddLast(job);
            Monitor.Pulse(_gate);
            return true;
        }
    }

    /// <returns>False when it was not waiting any more.</returns>
    internal bool Remove(GenerationJob job)
    {
        lock (_gate)
        {
            if (!_lanes[(int)job.Request.Priority].Remove(job))
                return false;
            job.Entry?.Leave();
            return true;
        }
    }

    /// <summary>Waits until there is a request, or the queue closes, or the time is over.</summary>
    internal void Wait(TimeSpan patience)
    {
        lock (_gate)
        {
            if (!_closed && _lanes[0].Count + _lanes[1].Count + _lanes[2].Count == 0)
                Monitor.Wait(_gate, patience);
        }
    }

    /// <summary>Takes the one to serve next.</summary>
    /// <param name="leastUrgent">Of this priority or a more urgent one.</param>
    internal GenerationJob? TryTake(MessagePriority leastUrgent)
    {
        lock (_gate)
        {
            for (var priority = 0; priority <= (int)leastUrgent; priority++)
            {
                var first = _lanes[priority].First;
                if (first is null)
                    continue;
                for (var other = first.Next; other is not null; other = other.Next)
                {
                    if (GenerationJob.Precedes(other.Value, first.Value))
                        first = other;
                }
                _lanes[priority].Remove(first);
                first.Value.Entry?.Begin();
                _turn = Math.Max(_turn, first.Value.Turn);
                return first.Value;
            }
            return null;
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
            foreach (var job in left)
                job.Entry?.Leave();
            foreach (var lane in _lanes)
                lane.Clear();
            Monitor.PulseAll(_gate);
            return left;
        }
    }

    private void TakeTurn(GenerationJob job)
    {
        if (_turns.Count >= MostAgents)
            _turns.Clear();
        job.Turn = Math.Max(_turn, _turns.GetValueOrDefault(job.Request.Agent));
        _turns[job.Request.Agent] = job.Turn + job.Prompt.Length + job.Request.MaxTokens;
    }
}
