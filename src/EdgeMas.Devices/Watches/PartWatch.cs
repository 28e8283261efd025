namespace EdgeMas.Devices.Watches;

/// <summary>
/// Reads one sensor again and again on a thread of its own, so that a bus that hangs holds up nobody else. A sensor that is not there, or is pulled out, is a trouble
/// and no end: it is looked for again until it is back.
/// </summary>
public abstract class PartWatch : IDisposable
{
    private static readonly TimeSpan RetryPause = TimeSpan.FromMilliseconds(500);

    private readonly TimeSpan _period;
    private readonly ManualResetEventSlim _stopped = new();
    private readonly Thread _thread;
    private volatile string? _trouble = "has not been read yet";

    /// <param name="name">For <see cref="Trouble"/>, such as inertial sensor.</param>
    /// <param name="period">Between two readings; zero for a part whose <see cref="TryRead"/> itself waits.</param>
    protected PartWatch(string name, TimeSpan period)
    {
        Name = name;
        _period = period;
        _thread = new Thread(Run) { IsBackground = true, Name = name };
    }

    public string Name { get; }

    /// <summary>Why it gives nothing now; null where it works. Any thread.</summary>
    public string? Trouble => _trouble;

    /// <summary>Once.</summary>
    public void Start() => _thread.Start();

    /// <summary>Waits until the reading under way has ended.</summary>
    public void Dispose()
    {
        Dispose(disposing: true);
        GC.SuppressFinalize(this);
    }

    protected virtual void Dispose(bool disposing)
    {
        if (!disposing)
            return;
        _stopped.Set();
        if (_thread.ThreadState != ThreadState.Unstarted)
            _thread.Join();
        _stopped.Dispose();
    }

    /// <exception cref="IOException">It is not there.</exception>
    protected abstract void Open();

    /// <returns>False when there is nothing new yet.</returns>
    /// <exception cref="IOException">It does not answer any more.</exception>
    protected abstract bool TryRead();

    protected abstract void Close();

    private void Run()
    {
        while (!_stopped.IsSet)
        {
            try
            {
                Open();
                while (!_stopped.Wait(_period))
                {
                    if (TryRead())
                        _trouble = null;
                }
            }
            catch (IOException error)
            {
                _trouble = error.Message;
                _stopped.Wait(RetryPause);
            }
            finally
            {
                Close();
            }
        }
    }
}
