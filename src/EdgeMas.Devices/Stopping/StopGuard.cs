using EdgeMas.Devices.Gpio;

namespace EdgeMas.Devices.Stopping;

/// <summary>
/// The thread that stops a body by itself: at an edge of its stop line, before it tells anybody. It sleeps in the kernel until then and allocates nothing.
/// </summary>
internal sealed class StopGuard : IDisposable
{
    private static readonly TimeSpan Look = TimeSpan.FromMilliseconds(20);

    /// <summary>A long wire with its filter needs a moment to follow the pull-up that was just switched on.</summary>
    private static readonly TimeSpan PullUpTime = TimeSpan.FromMilliseconds(50);

    private readonly StopButton _button;
    private readonly Action? _lookAfter;
    private readonly GpioLines? _line;
    private readonly bool _stopsWhenHigh;
    private readonly ManualResetEventSlim _ended = new();
    private readonly Thread _thread;
    private volatile bool _stopping;

    /// <param name="button">Held on this thread from now on.</param>
    /// <param name="lookAfter">What the body wants done every 20 ms, whatever the button says; on this thread.</param>
    /// <param name="name">Of its thread.</param>
    /// <exception cref="Errors.DeviceException">The line is missing, forbidden or busy.</exception>
    internal StopGuard(StopButton button, Action? lookAfter, string chip, StopLineWiring? wiring, string name)
    {
        (_button, _lookAfter) = (button, lookAfter);
        if (wiring is not null)
        {
            _stopsWhenHigh = wiring.StopsWhenHigh;
            _line = GpioLines.Open(chip, [wiring.Line], GpioLineSettings.EdgeInput with { Bias = _stopsWhenHigh ? GpioBias.PullUp : GpioBias.PullDown }, "edgemas e-stop");
        }
        _thread = new Thread(Run) { IsBackground = true, Name = name, Priority = ThreadPriority.Highest };
    }

    internal void Start()
    {
        if (_line is null)
            _button.Hold(false);
        _thread.Start();
    }

    public void Dispose()
    {
        _stopping = true;
        _ended.Set();
        if (_thread.ThreadState != ThreadState.Unstarted)
            _thread.Join();
        _ended.Dispose();
        _line?.Dispose();
    }

    private bool IsPressed() => _line is not null && _line.Read(0) == _stopsWhenHigh;

    private void Run()
    {
        Span<GpioEdge> edges = stackalloc GpioEdge[8];
        if (_line is not null)
            _ended.Wait(PullUpTime); // the stop counts as held meanwhile
        while (!_stopping)
        {
            if (_line is null)
                _ended.Wait(Look);
            else
                LookAtLine(_line, edges);
            _lookAfter?.Invoke();
        }
    }

    private void LookAtLine(GpioLines line, Span<GpioEdge> edges)
    {
        try
        {
            if (HasStopEdge(edges[..line.WaitForEdges(edges, Look)]))
                _button.Hold(true); // a press that was over before this thread looked was a press
            _button.Hold(IsPressed());
        }
        catch (IOException)
        {
            _button.Hold(true); // nobody knows what the button says: its chip is gone
            _ended.Wait(Look);
        }
    }

    private bool HasStopEdge(ReadOnlySpan<GpioEdge> edges)
    {
        foreach (var edge in edges)
        {
            if (edge.Rising == _stopsWhenHigh)
                return true;
        }
        return false;
    }
}
