using System.Runtime.InteropServices;
using EdgeMas.Devices.Errors;
using EdgeMas.Devices.Gpio;

namespace EdgeMas.Devices.Native;

/// <summary>The thread that waits for the edges of a driver's pins and tells them. It begins with the first pin.</summary>
internal sealed unsafe class EdgePump(string name) : IDisposable
{
    private readonly Lock _gate = new();
    private readonly WakeDescriptor _wake = WakeDescriptor.Create();
    private volatile OpenPin[] _pins = [];
    private volatile bool _stopped;
    private Thread? _thread;

    internal void Add(OpenPin pin)
    {
        lock (_gate)
        {
            if (!_pins.Contains(pin))
                _pins = [.. _pins, pin];
            if (_thread is null)
            {
                _thread = new Thread(Run) { IsBackground = true, Name = $"edges of {name}" };
                _thread.Start();
            }
        }
        _wake.Set();
    }

    internal void Remove(OpenPin pin)
    {
        lock (_gate)
            _pins = [.. _pins.Where(other => other != pin)];
        _wake.Set();
    }

    public void Dispose()
    {
        _stopped = true;
        _wake.Set();
        if (_thread is not null && _thread != Thread.CurrentThread)
            _thread.Join();
        _wake.Dispose();
    }

    private void Run()
    {
        var edges = new GpioEdge[64];
        while (!_stopped)
        {
            var pins = _pins;
            Wait(pins);
            foreach (var pin in pins)
                Tell(pin, edges);
        }
    }

    /// <summary>A pin closed meanwhile has left the list and set the flag: its number in the set below is stale for one round only.</summary>
    private void Wait(OpenPin[] pins)
    {
        Span<Libc.poll_fd> watched = stackalloc Libc.poll_fd[pins.Length + 1];
        var count = 0;
        watched[count++] = new() { fd = _wake.Number, events = Libc.POLLIN };
        foreach (var pin in pins)
            watched[count++] = new() { fd = pin.Lines.Descriptor, events = Libc.POLLIN };
        fixed (Libc.poll_fd* first = watched)
        {
            if (Libc.poll(first, (nuint)count, -1) < 0 && Marshal.GetLastPInvokeError() is not Errno.EINTR and var error)
                throw new DeviceException(name, "wait for edges", ErrnoText.Of(error), error);
        }
        if (watched[0].revents != 0)
            _wake.Clear();
    }

    private void Tell(OpenPin pin, GpioEdge[] edges)
    {
        int count;
        try
        {
            count = pin.Lines.ReadEdges(edges);
        }
        catch (ObjectDisposedException) when (!_pins.Contains(pin))
        {
            return; // closed while this thread waited
        }
        for (var i = 0; i < count; i++)
            pin.Tell(this, edges[i]);
    }
}
