using System.Diagnostics;
using System.Globalization;
using System.Runtime.InteropServices;
using System.Text;
using EdgeMas.Testing;
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
        ("sizeof(struct gpio_v2_line_config)", SizeOf<gpio_v2_line_config>()),
        ("sizeof(struct gpio_v2_line_request)", SizeOf<gpio_v2_line_request>()),
        ("sizeof(struct gpio_v2_line_info)", SizeOf<gpio_v2_line_info>()),
        ("sizeof(struct gpio_v2_line_event)", SizeOf<gpio_v2_line_event>()),
        ("offsetof(struct gpiochip_info, lines)", OffsetOf((ref gpiochip_info value) => ref value.lines)),
        ("offsetof(struct gpio_v2_line_attribute, flags)", OffsetOf((ref gpio_v2_line_attribute value) => ref value.flags)),
        ("offsetof(struct gpio_v2_line_attribute, debounce_period_us)", OffsetOf((ref gpio_v2_line_attribute value) => ref value.debounce_period_us)),
        ("offsetof(struct gpio_v2_line_config_attribute, mask)", OffsetOf((ref gpio_v2_line_config_attribute value) => ref value.mask)),
        ("offsetof(struct gpio_v2_line_config, num_attrs)", OffsetOf((ref gpio_v2_line_config value) => ref value.num_attrs)),
        ("offsetof(struct gpio_v2_line_config, attrs)", OffsetOf((ref gpio_v2_line_config value) => ref value.attrs)),
        ("offsetof(struct gpio_v2_line_request, config)", OffsetOf((ref gpio_v2_line_request value) => ref value.config)),
        ("offsetof(struct gpio_v2_line_request, num_lines)", OffsetOf((ref gpio_v2_line_request value) => ref value.num_lines)),
        ("offsetof(struct gpio_v2_line_request, event_buffer_size)", OffsetOf((ref gpio_v2_line_request value) => ref value.event_buffer_size)),
        ("offsetof(struct gpio_v2_line_request, fd)", OffsetOf((ref gpio_v2_line_request value) => ref value.fd)),
        ("offsetof(struct gpio_v2_line_info, offset)", OffsetOf((ref gpio_v2_line_info value) => ref value.offset)),
        ("offsetof(struct gpio_v2_line_info, flags)", OffsetOf((ref gpio_v2_line_info value) => ref value.flags)),
        ("offsetof(struct gpio_v2_line_event, id)", OffsetOf((ref gpio_v2_line_event value) => ref value.id)),
        ("offsetof(struct gpio_v2_line_event, offset)", OffsetOf((ref gpio_v2_line_event value) => ref value.offset)),
        ("offsetof(struct gpio_v2_line_event, seqno)", OffsetOf((ref gpio_v2_line_event value) => ref value.seqno)),
        ("offsetof(struct gpio_v2_line_event, line_seqno)", OffsetOf((ref gpio_v2_line_event value) => ref value.line_seqno)),
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

    private delegate ref TField FieldOf<TStruct, TField>(ref TStruct value);

    [Fact]
    public async Task Structs_and_numbers_are_those_of_the_kernels_header()
    {
        SharedFiles.RequireFile("/usr/bin/gcc", "gcc");
        SharedFiles.RequireFile("/usr/include/linux/gpio.h", "linux-libc-dev");

        var source = new StringBuilder("#include <stddef.h>\n#include <stdio.h>\n#include <linux/gpio.h>\nint main(void) {\n");
        foreach (var (c, _) in Expected)
            source.Append(CultureInfo.InvariantCulture, $"printf(\"%lld\\n\", (long long)({c}));\n");
        var printed = await CompileAndRun(source.Append("return 0; }\n").ToString());

        Assert.Equal(Expected.Select(pair => $"{pair.C} = {pair.Here}"), Expected.Zip(printed, (pair, line) => $"{pair.C} = {line}"));
    }

    private static async Task<string[]> CompileAndRun(string source)
    {
        var folder = Directory.CreateTempSubdirectory("edgemas-devices-");
        try
        {
            var file = Path.Combine(folder.FullName, "numbers.c");
            var program = Path.Combine(folder.FullName, "numbers");
            await File.WriteAllTextAsync(file, source);
            await Run("gcc", "-o", program, file);
            return (await Run(program)).Split('\n', StringSplitOptions.RemoveEmptyEntries);
        }
        finally
        {
            folder.Delete(recursive: true);
        }
    }

    private static async Task<string> Run(string program, params string[] arguments)
    {
        using var process = Process.Start(new ProcessStartInfo(program, arguments) { UseShellExecute = false, RedirectStandardOutput = true, RedirectStandardError = true })!;
        var errors = process.StandardError.ReadToEndAsync();
        var output = await process.StandardOutput.ReadToEndAsync();
        await process.WaitForExitAsync();
        Assert.True(process.ExitCode == 0, await errors);
        return output;
    }

    private static unsafe long SizeOf<T>()
        where T : unmanaged => sizeof(T);

    private static unsafe long OffsetOf<TStruct, TField>(FieldOf<TStruct, TField> field)
        where TStruct : unmanaged
        where TField : unmanaged
    {
        var value = default(TStruct);
        return (byte*)System.Runtime.CompilerServices.Unsafe.AsPointer(ref field(ref value)) - (byte*)&value;
    }
}
