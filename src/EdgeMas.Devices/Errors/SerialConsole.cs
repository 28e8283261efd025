namespace EdgeMas.Devices.Errors;

/// <summary>The kernel's console may be on a serial port: then it writes its messages to whatever is wired there, and a login may read it.</summary>
internal static class SerialConsole
{
    private const string Mend = "remove 'console=' with its name from the kernel's command line (/boot/firmware/cmdline.txt on a Raspberry Pi) and restart";

    /// <param name="enable">What the board's file says of the port; null for advice in general.</param>
    internal static DeviceException Trouble(string path, string? enable) => new(path, "be opened", $"the kernel's console is on it: {enable ?? Mend}", Native.Errno.EBUSY);

    /// <param name="path">Of the port, or of a link to it.</param>
    /// <param name="root">In front of <c>/proc</c>; empty for this machine.</param>
    /// <remarks>Source: Linux, <c>Documentation/filesystems/proc.rst</c>, <c>/proc/consoles</c>: one console a line, its name first.</remarks>
    internal static bool IsOn(string path, string root = "")
    {
        var name = Path.GetFileName(DeviceHolders.TargetOf(path) ?? path);
        var file = $"{root}/proc/consoles";
        return File.Exists(file) && File.ReadLines(file).Any(line => line.Split(' ', 2)[0] == name);
    }
}
