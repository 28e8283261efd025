namespace EdgeMas.Audio.Devices;

/// <summary>
/// Samples between the thread that captures and the one that listens. When full, the oldest make room and are counted: a microphone does not wait, and what
/// was said last matters most. One writer, one reader.
/// </summary>
internal sealed class SampleRing(int capacity) : IDisposable
{
    private readonly short[] _samples = new short[capacity];
    private readonly SemaphoreSlim _ready = new(0, 1);
    private readonly Lock _gate = new();
    private int _first;
    private int _count;
    private long _dropped;
    private bool _ended;
    private Exception? _failure;

    /// <summary>Samples lost because nobody listened in time.</summary>
    public long Dropped => Interlocked.Read(ref _dropped);

    public void Write(ReadOnlySpan<short> samples)
    {
        lock (_gate)
        {
            foreach (var sample in samples)
            {
                if (_count == capacity)
                {
                    _first = (_first + 1) % capacity;
                    _count--;
                    _dropped++;
                }
                _samples[(_first + _count++) % capacity] = sample;
            }
            Wake();
        }
    }

    /// <summary>No more comes; with a failure, the reader gets it after the last sample.</summary>
    public void End(Exception? failure)
    {
        lock (_gate)
        {
            _ended = true;
            _failure ??= failure;
            Wake();
        }
    }

    /// <returns>Samples written; 0 at the end.</returns>
    public async ValueTask<int> ReadAsync(Memory<short> output, CancellationToken cancellationToken)
    {
        while (true)
        {
            if (TryRead(output.Span, out var read))
                return read;
            await _ready.WaitAsync(cancellationToken);
        }
    }

    public void Dispose() => _ready.Dispose();

    private bool TryRead(Span<short> output, out int read)
    {
        lock (_gate)
        {
            read = Math.Min(output.Length, _count);
            for (var i = 0; i < read; i++)
                output[i] = _samples[(_first + i) % capacity];
            _first = (_first + read) % capacity;
            _count -= read;
            if (read > 0 || !_ended)
                return read > 0;
            return _failure is null ? true : throw _failure;
        }
    }

    private void Wake()
    {
        if (_ready.CurrentCount == 0)
            _ready.Release();
    }
}
