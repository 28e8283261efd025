namespace EdgeMas.Host.Bench;

/// <summary>Keeps every processor busy with threads of this process, which make garbage of all ages while they compute.</summary>
internal sealed class BusyLoad : IDisposable
{
    private readonly Thread[] _threads;
    private volatile bool _stopping;

    public BusyLoad()
    {
        _threads = [.. Enumerable.Range(0, Environment.ProcessorCount).Select(index => new Thread(() => Run(index)) { Name = "load", IsBackground = true })];
        foreach (var thread in _threads)
            thread.Start();
    }

    public void Dispose()
    {
        _stopping = true;
        foreach (var thread in _threads)
            thread.Join();
    }

    private void Run(int seed)
    {
        var random = new Random(seed);
        var old = new byte[256][];
        while (!_stopping)
        {
            var piece = new byte[random.Next(1_000, 100_000)];
            random.NextBytes(piece);
            old[random.Next(old.Length)] = piece; // some live long, so that full collections have work
        }
    }
}
