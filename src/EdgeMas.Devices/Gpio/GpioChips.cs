using EdgeMas.Devices.Errors;
using EdgeMas.Devices.Native;

namespace EdgeMas.Devices.Gpio;

/// <summary>Finds GPIO chips by what their drivers call them: the numbers of <c>/dev/gpiochipN</c> differ from kernel to kernel.</summary>
public static class GpioChips
{
    /// <param name="label">As <c>gpiodetect</c> shows it: pinctrl-bcm2711.</param>
    /// <returns>Path of the device.</returns>
    /// <exception cref="DeviceException">No chip has this label, or no permission to ask them.</exception>
    public static string Find(string label)
    {
        var labels = new List<string>();
        foreach (var path in Directory.EnumerateFiles("/dev", "gpiochip*").Order(StringComparer.Ordinal))
        {
            using var chip = GpioChipDevice.Open(path);
            if (chip.Label == label)
                return path;
            labels.Add($"{path} '{chip.Label}'");
        }
        throw new DeviceException(label, "be found", $"no GPIO chip has this label; there is {(labels.Count == 0 ? "none" : string.Join(", ", labels))}. Is the robot's body.board the board it runs on?");
    }
}
