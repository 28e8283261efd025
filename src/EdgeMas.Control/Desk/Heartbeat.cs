namespace EdgeMas.Control.Desk;

/// <summary>Tells the core that this host is alive, from a thread of its own: one that a stopped, starved or collecting process stops with it.</summary>
public sealed class Heartbeat : IDisposable
{
    private const int BeatsPerPatience = 5;

    private readonly CoreDesk _desk;
    private readonly TimeSpan _interval;
    private readonly ManualResetEventSlim _stopping = new();
    private readonly Thread _thread;

    public Heartbeat(CoreDesk desk)
    {
        _desk = desk;
        _interval = desk.HostPatience / BeatsPerPatience;
        _thread = new Thread(Run) { Name = "heartbeat", IsBackground = true, Priority = ThreadPriority.AboveNormal };
        _thread.Start();
    }

    /// <summary>Ends the beats; the core goes to its safe state after <see cref="CoreDesk.HostPatience"/>.</summary>
    public void Dispose()
    {
        _stopping.Set();
        _thread.Join();
        _stopping.Dispose();
    }

    private void Run()
    {
        do
            _desk.Beat();
        while (!_stopping.Wait(_interval));
    }
}
