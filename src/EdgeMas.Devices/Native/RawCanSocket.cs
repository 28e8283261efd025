using System.Runtime.InteropServices;
using EdgeMas.Devices.Can;
using EdgeMas.Devices.Errors;
using static EdgeMas.Devices.Native.CanUapi;

namespace EdgeMas.Devices.Native;

/// <summary>One socket on one CAN interface.</summary>
internal sealed unsafe class RawCanSocket : IDisposable
{
    private readonly FileDescriptor _socket;
    private readonly string _name;
    private uint _drops;
    private long _lost;

    private RawCanSocket(FileDescriptor socket, string name)
    {
        _socket = socket;
        _name = name;
    }

    internal long Lost => Volatile.Read(ref _lost);

    internal static RawCanSocket Open(string name, ReadOnlySpan<CanFilter> filters)
    {
        var descriptor = new FileDescriptor(Libc.socket(PF_CAN, SOCK_RAW | Libc.O_CLOEXEC | Libc.O_NONBLOCK, CAN_RAW));
        if (descriptor.IsInvalid)
        {
            var error = Marshal.GetLastPInvokeError();
            throw new DeviceException(name, "be opened", error is Errno.EAFNOSUPPORT or Errno.EPROTONOSUPPORT ? "this kernel speaks no CAN: 'sudo modprobe can-raw'" : ErrnoText.Of(error), error);
        }
        var socket = new RawCanSocket(descriptor, name);
        try
        {
            socket.Filter(filters);
            var yes = 1;
            socket.Check(Libc.setsockopt(descriptor, SOL_SOCKET, SO_RXQ_OVFL, &yes, sizeof(int)), "count lost frames");
            socket.Bind();
            return socket;
        }
        catch
        {
            descriptor.Dispose();
            throw;
        }
    }

    internal void Send(CanFrame frame)
    {
        var raw = new can_frame
        {
            can_id = frame.Id | (frame.IsExtended ? CAN_EFF_FLAG : 0) | (frame.IsRequest ? CAN_RTR_FLAG : 0),
            len = (byte)frame.Length,
        };
        frame.CopyTo(new Span<byte>(raw.data, CanFrame.MaxLength));
        if (Libc.write(_socket, &raw, (nuint)sizeof(can_frame)) < 0)
            throw Fail("send", Marshal.GetLastPInvokeError());
    }

    /// <summary>Never waits.</summary>
    internal int Receive(Span<CanFrame> frames)
    {
        can_frame raw;
        var part = new io_vec { iov_base = &raw, iov_len = (nuint)sizeof(can_frame) };
        cmsghdr_drops drops;
        for (var count = 0; count < frames.Length; count++)
        {
            var message = new msg_hdr { msg_iov = &part, msg_iovlen = 1, msg_control = &drops, msg_controllen = (nuint)sizeof(cmsghdr_drops) };
            var bytes = Libc.recvmsg(_socket, &message, 0);
            if (bytes < 0 && Marshal.GetLastPInvokeError() is var error)
                return error is Errno.EAGAIN or Errno.EINTR ? count : throw Fail("receive", error);
            if (message.msg_controllen != 0 && drops.cmsg_level == SOL_SOCKET && drops.cmsg_type == SO_RXQ_OVFL)
            {
                Volatile.Write(ref _lost, _lost + (drops.drops - _drops)); // wraps as the kernel's counter does
                _drops = drops.drops;
            }
            frames[count] = FrameOf(in raw);
        }
        return frames.Length;
    }

    /// <returns>False when the time passed; true when there are frames or the flag is set.</returns>
    internal bool Wait(WakeDescriptor wake, TimeSpan timeout) => wake.WaitFor(_socket, timeout, _name);

    public void Dispose() => _socket.Dispose();

    private static CanFrame FrameOf(in can_frame raw)
    {
        var extended = (raw.can_id & CAN_EFF_FLAG) != 0;
        var id = raw.can_id & (extended ? CAN_EFF_MASK : CAN_SFF_MASK);
        var length = Math.Min((int)raw.len, CanFrame.MaxLength);
        if ((raw.can_id & CAN_RTR_FLAG) != 0)
            return CanFrame.Request(id, length, extended);
        fixed (byte* data = raw.data)
            return new CanFrame(id, new ReadOnlySpan<byte>(data, length), extended);
    }

    private void Filter(ReadOnlySpan<CanFilter> filters)
    {
        if (filters.IsEmpty)
            return;
        if (filters.Length > CAN_RAW_FILTER_MAX)
            throw new ArgumentException($"a CAN socket takes at most {CAN_RAW_FILTER_MAX} filters, not {filters.Length}", nameof(filters));
        Span<can_filter> raw = stackalloc can_filter[filters.Length];
        for (var i = 0; i < filters.Length; i++)
        {
            // The flag belongs to the mask too: else 11 bits of a long identifier would pass for a short one.
            var flag = filters[i].IsExtended ? CAN_EFF_FLAG : 0;
            raw[i] = new can_filter { can_id = filters[i].Id | flag, can_mask = filters[i].Mask | CAN_EFF_FLAG };
        }
        fixed (can_filter* first = raw)
            Check(Libc.setsockopt(_socket, SOL_CAN_RAW, CAN_RAW_FILTER, first, (uint)(sizeof(can_filter) * raw.Length)), "filter");
    }

    private void Bind()
    {
        var index = Libc.if_nametoindex(_name);
        if (index == 0)
            throw DeviceNode.CannotOpen(_name, DeviceKind.Can, Errno.ENODEV);
        var address = new sockaddr_can { can_family = PF_CAN, can_ifindex = (int)index };
        if (Libc.bind(_socket, &address, (uint)sizeof(sockaddr_can)) < 0 && Marshal.GetLastPInvokeError() is var error)
            throw error == Errno.ENODEV ? new DeviceException(_name, "be opened", "it is a network interface, and none of CAN", error) : Fail("be opened", error);
    }

    private DeviceException Fail(string action, int error) => new(_name, action, error switch
    {
        Errno.ENETDOWN => $"the interface is down: 'sudo ip link set {_name} up type can bitrate 500000'",
        Errno.ENODEV or Errno.ENXIO => "the adapter was unplugged",
        Errno.ENOBUFS or Errno.EAGAIN => "its queue is full, because nobody acknowledges the frames: check wires, the two 120 Ω terminators, the bit rate, and that another station is on",
        _ => ErrnoText.Of(error),
    }, error);

    private void Check(int result, string action)
    {
        if (result < 0)
            throw Fail(action, Marshal.GetLastPInvokeError());
    }
}
