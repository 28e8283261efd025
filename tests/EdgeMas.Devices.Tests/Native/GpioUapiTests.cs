using System.Runtime.InteropServices;
using static EdgeMas.Devices.Native.GpioUapi;

namespace EdgeMas.Devices.Tests.Native;

/// <summary>The structs and numbers against those of a C program that is compiled here from the kernel's own header.</summary>
public sealed class GpioUapiTests
{
    private static readonly (string C, long Here)[] Expected =
    [
        ("sizeof(struct gpiochip_info)", Marshal.SizeOf<gpiochip_info>()),
        ("sizeof(struct gpio_v2_line_values)", Marshal.SizeOf<gpio_v2_line_values>()),
        ("sizeof(struct gpio_v2_line_attribute)", Marshal.SizeOf<gpio_v2_line_attribute>()),
        ("sizeof(struct gpio_v2_line_config_attribute)", Marshal.SizeOf<gpio_v2_line_config_attribute>()),
        ("sizeof(struct gpio_v2_line_config)", KernelHeader.SizeOf<gpio_v2_line_config>()),
        ("sizeof(struct gpio_v2_line_request)", KernelHeader.SizeOf<gpio_v2_line_request>()),
        ("sizeof(struct gpio_v2_line_info)", KernelHeader.SizeOf<gpio_v2_line_info>()),
        ("sizeof(struct gpio_v2_line_event)", KernelHeader.SizeOf<gpio_v2_line_event>()),
        ("offsetof(struct gpiochip_info, lines)", KernelHeader.OffsetOf((ref gpiochip_info value) => ref value.lines)),
        ("offsetof(struct gpio_v2_line_attribute, flags)", KernelHeader.OffsetOf((ref gpio_v2_line_attribute value) => ref value.flags)),
        ("offsetof(struct gpio_v2_line_attribute, debounce_period_us)", KernelHeader.OffsetOf((ref gpio_v2_line_attribute value) => ref value.debounce_period_us)),
        ("offsetof(struct gpio_v2_line_config_attribute, mask)", KernelHeader.OffsetOf((ref gpio_v2_line_config_attribute value) => ref value.mask)),
        ("offsetof(struct gpio_v2_line_config, num_attrs)", KernelHeader.OffsetOf((ref gpio_v2_line_config value) => ref value.num_attrs)),
        ("offsetof(struct gpio_v2_line_config, attrs)", KernelHeader.OffsetOf((ref gpio_v2_line_config value) => ref value.attrs)),
        ("offsetof(struct gpio_v2_line_request, config)", KernelHeader.OffsetOf((ref gpio_v2_line_request value) => ref value.config)),
        ("offsetof(struct gpio_v2_line_request, num_lines)", KernelHeader.OffsetOf((ref gpio_v2_line_request value) => ref value.num_lines)),
        ("offsetof(struct gpio_v2_line_request, event_buffer_size)", KernelHeader.OffsetOf((ref gpio_v2_line_request value) => ref value.event_buffer_size)),
        ("offsetof(struct gpio_v2_line_request, fd)", KernelHeader.OffsetOf((ref gpio_v2_line_request value) => ref value.fd)),
        ("offsetof(struct gpio_v2_line_info, offset)", KernelHeader.OffsetOf((ref gpio_v2_line_info value) => ref value.offset)),
        ("offsetof(struct gpio_v2_line_info, flags)", KernelHeader.OffsetOf((ref gpio_v2_line_info value) => ref value.flags)),
        ("offsetof(struct gpio_v2_line_event, id)", KernelHeader.OffsetOf((ref gpio_v2_line_event value) => ref value.id)),
        ("offsetof(struct gpio_v2_line_event, offset)", KernelHeader.OffsetOf((ref gpio_v2_line_event value) => ref value.offset)),
        ("offsetof(struct gpio_v2_line_event, seqno)", KernelHeader.OffsetOf((ref gpio_v2_line_event value) => ref value.seqno)),
        ("offsetof(struct gpio_v2_line_event, line_seqno)", KernelHeader.OffsetOf((ref gpio_v2_line_event value) => ref value.line_seqno)),
        ("GPIO_GET_CHIPINFO_IOCTL", GPIO_GET_CHIPINFO_IOCTL),
        ("GPIO_V2_GET_LINEINFO_IOCTL", GPIO_V2_GET_LINEINFO_IOCTL),
        ("GPIO_V2_GET_LINE_IOCTL", GPIO_V2_GET_LINE_IOCTL),
        ("GPIO_V2_LINE_SET_CONFIG_IOCTL", GPIO_V2_LINE_SET_CONFIG_IOCTL),
        ("GPIO_V2_LINE_GET_VALUES_IOCTL", GPIO_V2_LINE_GET_VALUES_IOCTL),
        ("GPIO_V2_LINE_SET_VALUES_IOCTL", GPIO_V2_LINE_SET_VALUES_IOCTL),
        ("GPIO_V2_LINE_FLAG_USED", (long)GPIO_V2_LINE_FLAG_USED),
        ("GPIO_V2_LINE_FLAG_ACTIVE_LOW", (long)GPIO_V2_LINE_FLAG_ACTIVE_LOW),
        ("GPIO_V2_LINE_FLAG_INPUT", (long)GPIO_V2_LINE_FLAG_INPUT),
        ("GPIO_V2_LINE_FLAG_OUTPUT", (long)GPIO_V2_LINE_FLAG_OUTPUT),
        ("GPIO_V2_LINE_FLAG_EDGE_RISING", (long)GPIO_V2_LINE_FLAG_EDGE_RISING),
        ("GPIO_V2_LINE_FLAG_EDGE_FALLING", (long)GPIO_V2_LINE_FLAG_EDGE_FALLING),
        ("GPIO_V2_LINE_FLAG_OPEN_DRAIN", (long)GPIO_V2_LINE_FLAG_OPEN_DRAIN),
        ("GPIO_V2_LINE_FLAG_BIAS_PULL_UP", (long)GPIO_V2_LINE_FLAG_BIAS_PULL_UP),
        ("GPIO_V2_LINE_FLAG_BIAS_PULL_DOWN", (long)GPIO_V2_LINE_FLAG_BIAS_PULL_DOWN),
        ("GPIO_V2_LINE_FLAG_BIAS_DISABLED", (long)GPIO_V2_LINE_FLAG_BIAS_DISABLED),
        ("GPIO_V2_LINE_ATTR_ID_OUTPUT_VALUES", GPIO_V2_LINE_ATTR_ID_OUTPUT_VALUES),
        ("GPIO_V2_LINE_ATTR_ID_DEBOUNCE", GPIO_V2_LINE_ATTR_ID_DEBOUNCE),
        ("GPIO_V2_LINE_EVENT_RISING_EDGE", GPIO_V2_LINE_EVENT_RISING_EDGE),
    ];

    [Fact]
    public Task Structs_and_numbers_are_those_of_the_kernels_header() => KernelHeader.AgreesAsync(["linux/gpio.h"], Expected);
}
