using System.Runtime.InteropServices;

namespace EdgeMas.Devices.Native;

/// <summary>SocketCAN, under the kernel's own names. Source: Linux, <c>include/uapi/linux/can.h</c> and <c>can/raw.h</c>; sockets from <c>asm-generic/socket.h</c>.</summary>
internal static unsafe class CanUapi
{
    internal const int PF_CAN = 29;
    internal const int SOCK_RAW = 3;
    internal const int CAN_RAW = 1;
    internal const int SOL_CAN_RAW = 101;
    internal const int CAN_RAW_FILTER = 1;
    internal const int CAN_RAW_FILTER_MAX = 512;
    internal const int SOL_SOCKET = 1;
    internal const int SO_RXQ_OVFL = 40;

    internal const uint CAN_EFF_FLAG = 0x80000000;
    internal const uint CAN_RTR_FLAG = 0x40000000;
    internal const uint CAN_SFF_MASK = 0x7FF;
    internal const uint CAN_EFF_MASK = 0x1FFFFFFF;

    [StructLayout(LayoutKind.Sequential)]
    internal struct can_frame
    {
        internal uint can_id;
        internal byte len;
        internal byte pad;
        internal byte res0;
        internal byte len8_dlc;
        internal fixed byte data[8];
    }

    [StructLayout(LayoutKind.Sequential)]
    internal struct can_filter
    {
        internal uint can_id;
        internal uint can_mask;
    }

    [StructLayout(LayoutKind.Sequential)]
    internal struct sockaddr_can
    {
        internal ushort can_family;
        internal int can_ifindex;
        internal fixed ulong can_addr[2]; // of other protocols than raw
    }

    [StructLayout(LayoutKind.Sequential)]
    internal struct io_vec
    {
        internal void* iov_base;
        internal nuint iov_len;
    }

    [StructLayout(LayoutKind.Sequential)]
    internal struct msg_hdr
    {
        internal void* msg_name;
        internal uint msg_namelen;
        internal io_vec* msg_iov;
        internal nuint msg_iovlen;
        internal void* msg_control;
        internal nuint msg_controllen;
        internal int msg_flags;
    }

    /// <summary>What the kernel puts beside a frame; here with the one value that is asked for behind it.</summary>
    [StructLayout(LayoutKind.Sequential)]
    internal struct cmsghdr_drops
    {
        internal nuint cmsg_len;
        internal int cmsg_level;
        internal int cmsg_type;
        internal uint drops;
        internal uint padding;
    }
}
