using static EdgeMas.Devices.Native.CanUapi;

namespace EdgeMas.Devices.Tests.Native;

public sealed unsafe class CanUapiTests
{
    [Fact]
    public Task Structs_and_numbers_are_those_of_the_kernels_header() => KernelHeader.AgreesAsync(
        ["sys/socket.h", "linux/can.h", "linux/can/raw.h"],
        [
            ("sizeof(struct can_frame)", KernelHeader.SizeOf<can_frame>()),
            ("sizeof(struct can_filter)", KernelHeader.SizeOf<can_filter>()),
            ("sizeof(struct sockaddr_can)", KernelHeader.SizeOf<sockaddr_can>()),
            ("sizeof(struct msghdr)", KernelHeader.SizeOf<msg_hdr>()),
            ("CMSG_SPACE(sizeof(unsigned))", KernelHeader.SizeOf<cmsghdr_drops>()),
            ("offsetof(struct can_frame, can_id)", KernelHeader.OffsetOf((ref can_frame value) => ref value.can_id)),
            ("offsetof(struct can_frame, can_dlc)", KernelHeader.OffsetOf((ref can_frame value) => ref value.len)),
            ("offsetof(struct can_frame, data)", KernelHeader.OffsetOf((ref can_frame value) => ref value.data[0])),
            ("offsetof(struct sockaddr_can, can_ifindex)", KernelHeader.OffsetOf((ref sockaddr_can value) => ref value.can_ifindex)),
            ("offsetof(struct msghdr, msg_controllen)", KernelHeader.OffsetOf((ref msg_hdr value) => ref value.msg_controllen)),
            ("offsetof(struct msghdr, msg_flags)", KernelHeader.OffsetOf((ref msg_hdr value) => ref value.msg_flags)),
            ("offsetof(struct cmsghdr, cmsg_type)", KernelHeader.OffsetOf((ref cmsghdr_drops value) => ref value.cmsg_type)),
            ("(long)CMSG_DATA((struct cmsghdr *)0)", KernelHeader.OffsetOf((ref cmsghdr_drops value) => ref value.drops)),
            ("PF_CAN", PF_CAN),
            ("SOCK_RAW", SOCK_RAW),
            ("CAN_RAW", CAN_RAW),
            ("SOL_CAN_RAW", SOL_CAN_RAW),
            ("CAN_RAW_FILTER", CAN_RAW_FILTER),
            ("CAN_RAW_FILTER_MAX", CAN_RAW_FILTER_MAX),
            ("SOL_SOCKET", SOL_SOCKET),
            ("SO_RXQ_OVFL", SO_RXQ_OVFL),
            ("CAN_EFF_FLAG", CAN_EFF_FLAG),
            ("CAN_RTR_FLAG", CAN_RTR_FLAG),
            ("CAN_SFF_MASK", CAN_SFF_MASK),
            ("CAN_EFF_MASK", CAN_EFF_MASK),
        ]);
}
