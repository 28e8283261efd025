using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace EdgeMas.Devices.Native;

/// <summary>The kernel's GPIO character device, version 2, under its own names. Source: Linux 5.10 and later, <c>include/uapi/linux/gpio.h</c>.</summary>
internal static unsafe class GpioUapi
{
    internal const int GPIO_MAX_NAME_SIZE = 32;
    internal const int GPIO_V2_LINES_MAX = 64;
    internal const int GPIO_V2_LINE_NUM_ATTRS_MAX = 10;

    internal const ulong GPIO_V2_LINE_FLAG_USED = 1 << 0;
    internal const ulong GPIO_V2_LINE_FLAG_ACTIVE_LOW = 1 << 1;
    internal const ulong GPIO_V2_LINE_FLAG_INPUT = 1 << 2;
    internal const ulong GPIO_V2_LINE_FLAG_OUTPUT = 1 << 3;
    internal const ulong GPIO_V2_LINE_FLAG_EDGE_RISING = 1 << 4;
    internal const ulong GPIO_V2_LINE_FLAG_EDGE_FALLING = 1 << 5;
    internal const ulong GPIO_V2_LINE_FLAG_OPEN_DRAIN = 1 << 6;
    internal const ulong GPIO_V2_LINE_FLAG_BIAS_PULL_UP = 1 << 8;
    internal const ulong GPIO_V2_LINE_FLAG_BIAS_PULL_DOWN = 1 << 9;
    internal const ulong GPIO_V2_LINE_FLAG_BIAS_DISABLED = 1 << 10;

    internal const uint GPIO_V2_LINE_ATTR_ID_OUTPUT_VALUES = 2;
    internal const uint GPIO_V2_LINE_ATTR_ID_DEBOUNCE = 3;
    internal const uint GPIO_V2_LINE_EVENT_RISING_EDGE = 1;

    internal const uint GPIO_GET_CHIPINFO_IOCTL = 0x8044b401;
    internal const uint GPIO_V2_GET_LINEINFO_IOCTL = 0xc100b405;
    internal const uint GPIO_V2_GET_LINE_IOCTL = 0xc250b407;
    internal const uint GPIO_V2_LINE_SET_CONFIG_IOCTL = 0xc110b40d;
    internal const uint GPIO_V2_LINE_GET_VALUES_IOCTL = 0xc010b40e;
    internal const uint GPIO_V2_LINE_SET_VALUES_IOCTL = 0xc010b40f;

    internal struct gpiochip_info
    {
        internal fixed byte name[GPIO_MAX_NAME_SIZE];
        internal fixed byte label[GPIO_MAX_NAME_SIZE];
        internal uint lines;
    }

    internal struct gpio_v2_line_values
    {
        internal ulong bits;
        internal ulong mask;
    }

    [StructLayout(LayoutKind.Explicit)]
    internal struct gpio_v2_line_attribute
    {
        [FieldOffset(0)] internal uint id;
        [FieldOffset(4)] internal uint padding;
        [FieldOffset(8)] internal ulong flags;
        [FieldOffset(8)] internal ulong values;
        [FieldOffset(8)] internal uint debounce_period_us;
    }

    internal struct gpio_v2_line_config_attribute
    {
        internal gpio_v2_line_attribute attr;
        internal ulong mask;
    }

    [InlineArray(GPIO_V2_LINE_NUM_ATTRS_MAX)]
    internal struct config_attributes
    {
        private gpio_v2_line_config_attribute _first;
    }

    [InlineArray(GPIO_V2_LINE_NUM_ATTRS_MAX)]
    internal struct line_attributes
    {
        private gpio_v2_line_attribute _first;
    }

    internal struct gpio_v2_line_config
    {
        internal ulong flags;
        internal uint num_attrs;
        internal fixed uint padding[5];
        internal config_attributes attrs;
    }

    internal struct gpio_v2_line_request
    {
        internal fixed uint offsets[GPIO_V2_LINES_MAX];
        internal fixed byte consumer[GPIO_MAX_NAME_SIZE];
        internal gpio_v2_line_config config;
        internal uint num_lines;
        internal uint event_buffer_size;
        internal fixed uint padding[5];
        internal int fd;
    }

    internal struct gpio_v2_line_info
    {
        internal fixed byte name[GPIO_MAX_NAME_SIZE];
        internal fixed byte consumer[GPIO_MAX_NAME_SIZE];
        internal uint offset;
        internal uint num_attrs;
        internal ulong flags;
        internal line_attributes attrs;
        internal fixed uint padding[4];
    }

    internal struct gpio_v2_line_event
    {
        internal ulong timestamp_ns;
        internal uint id;
        internal uint offset;
        internal uint seqno;
        internal uint line_seqno;
        internal fixed uint padding[6];
    }
}
