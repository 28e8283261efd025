using EdgeMas.Devices.Errors;
using EdgeMas.Devices.Native;

namespace EdgeMas.Devices.Can;

/// <summary>
/// A CAN bus through SocketCAN: raw frames, filtered in the kernel. Frames may be sent on any thread and are received on one. Nothing allocates once it is open,
/// except a wait that can be cancelled.
/// </summary>
public sealed class CanBus : IDisposable
{
    private readonly RawCanSocket _socket;
    private readonly WakeDescriptor _wake;

    private CanBus(RawCanSocket socket, WakeDescriptor wake)
    {
        _socket = socket;
        _wake = wake;
    }

    /// <summary>Frames that the kernel had no room for, because nobody received in time. Known once a later frame is received.</summary>
    public long LostFrames => _socket.Lost;

    /// <param name="name">Of the network interface, such as can0.</param>
    /// <param name="filters">None lets everything through.</param>
    /// <exception cref="DeviceException">No such interface, none of CAN, or a kernel without CAN.</exception>
    public static CanBus Open(string name, params ReadOnlySpan<CanFilter> filters)
    {
        ArgumentException.ThrowIfNullOrEmpty(name);
        var wake = WakeDescriptor.Create();
        try
        {
            return new CanBus(RawCanSocket.Open(name, filters), wake);
        }
        catch
        {
            wake.Dispose();
            throw;
        }
    }

    /// <summary>Hands a frame to the bus; never waits.</summary>
    /// <exception cref="DeviceException">The interface is down, or its queue is full because nobody on the wires acknowledges.</exception>
    public void Send(CanFrame frame) => _socket.Send(frame);

    /// <summary>Takes what frames there are; never waits.</summary>
    /// <returns>How many were put into <paramref name="frames"/>.</returns>
    public int Receive(Span<CanFrame> frames) => _socket.Receive(frames);

    /// <summary>Waits for at least one frame.</summary>
    /// <param name="timeout">Not negative; <see cref="Timeout.InfiniteTimeSpan"/> waits without end.</param>
    /// <returns>0 when the time passed without one.</returns>
    public int WaitForFrames(Span<CanFrame> frames, TimeSpan timeout, CancellationToken cancellationToken = default)
    {
        cancellationToken.ThrowIfCancellationRequested();
        using var registration = cancellationToken.CanBeCanceled
            ? cancellationToken.UnsafeRegister(static wake => ((WakeDescriptor)wake!).Set(), _wake)
            : default;
        while (true)
        {
            var ready = _socket.Wait(_wake, timeout);
            cancellationToken.ThrowIfCancellationRequested();
            if (!ready)
                return 0;
            if (Receive(frames) is > 0 and var count)
                return count;
            _wake.Clear(); // of an earlier wait, cancelled as it ended
        }
    }

    public void Dispose()
    {
        _socket.Dispose();
        _wake.Dispose();
    }
}
