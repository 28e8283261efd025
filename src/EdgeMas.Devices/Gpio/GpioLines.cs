using EdgeMas.Devices.Errors;
using EdgeMas.Devices.Native;

namespace EdgeMas.Devices.Gpio;

/// <summary>
/// Up to 64 lines of one GPIO chip, held together: read and written in one call, their edges in one order. Levels may be read and written on any thread;
/// edges belong to one thread. Nothing allocates once they are open, except a wait that can be cancelled.
/// </summary>
public sealed class GpioLines : IOutputLines
{
    private readonly LineRequest _request;
    private readonly WakeDescriptor _wake;
    private uint _lastSequence;
    private long _lostEdges;

    private GpioLines(LineRequest request, WakeDescriptor wake)
    {
        _request = request;
        _wake = wake;
    }

    public int Count => _request.Lines.Count;

    /// <summary>Edges that the kernel saw and nobody read in time; their number is known, their moments are not.</summary>
    public long LostEdges => Volatile.Read(ref _lostEdges);

    /// <param name="chip">Path or name of the device: <c>/dev/gpiochip0</c>.</param>
    /// <param name="lines">Offsets in the chip.</param>
    /// <param name="consumer">Shown by <c>gpioinfo</c> and in the errors of others who want the lines; at most 31 letters.</param>
    /// <exception cref="DeviceException">No such chip or line, no permission, or a line is in use: by whom is told.</exception>
    public static GpioLines Open(string chip, ReadOnlySpan<int> lines, GpioLineSettings settings, string consumer = "edgemas")
    {
        using var device = GpioChipDevice.Open(chip);
        return Open(device, lines, settings, consumer);
    }

    internal static GpioLines Open(GpioChipDevice device, ReadOnlySpan<int> lines, GpioLineSettings settings, string consumer)
    {
        var wake = WakeDescriptor.Create();
        try
        {
            return new GpioLines(device.Request(lines, settings, consumer), wake);
        }
        catch
        {
            wake.Dispose();
            throw;
        }
    }

    /// <returns>Bit n is the level of the n-th line.</returns>
    public ulong Read() => _request.Read(_request.AllMask);

    public bool Read(int index) => _request.Read(1UL << index) != 0;

    /// <summary>Sets the lines whose bit is in the mask, at once.</summary>
    public void Write(ulong bits, ulong mask) => _request.Write(bits, mask & _request.AllMask);

    public void Write(int index, bool level) => _request.Write(level ? 1UL << index : 0, 1UL << index);

    /// <summary>Uses the lines in another way without letting go of them.</summary>
    public void Configure(GpioLineSettings settings) => _request.Configure(settings);

    /// <summary>Takes what edges there are; never waits.</summary>
    /// <returns>How many were put into <paramref name="edges"/>.</returns>
    public int ReadEdges(Span<GpioEdge> edges)
    {
        var count = _request.ReadEdges(edges);
        for (var i = 0; i < count; i++)
        {
            _lostEdges += edges[i].Sequence - _lastSequence - 1; // wraps as the kernel's counter does
            _lastSequence = edges[i].Sequence;
        }
        return count;
    }

    /// <summary>Waits for at least one edge.</summary>
    /// <param name="timeout">Not negative; <see cref="Timeout.InfiniteTimeSpan"/> waits without end.</param>
    /// <returns>0 when the time passed without one.</returns>
    public int WaitForEdges(Span<GpioEdge> edges, TimeSpan timeout, CancellationToken cancellationToken = default)
    {
        cancellationToken.ThrowIfCancellationRequested();
        using var registration = cancellationToken.CanBeCanceled
            ? cancellationToken.UnsafeRegister(static wake => ((WakeDescriptor)wake!).Set(), _wake)
            : default;
        while (true)
        {
            var ready = _request.Wait(_wake, timeout);
            cancellationToken.ThrowIfCancellationRequested();
            if (!ready)
                return 0;
            if (ReadEdges(edges) is > 0 and var count)
                return count;
            _wake.Clear(); // of an earlier wait, cancelled as it ended
        }
    }

    public void Dispose()
    {
        _request.Dispose();
        _wake.Dispose();
    }

    internal int Descriptor => _request.Descriptor;
}
