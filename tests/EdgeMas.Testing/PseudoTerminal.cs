using System.ComponentModel;
using System.Runtime.InteropServices;

namespace EdgeMas.Testing;

/// <summary>A terminal of the kernel whose other end is the test: what a serial port is without wires.</summary>
public sealed unsafe partial class PseudoTerminal : IDisposable
{
    private const int O_RDWR_NOCTTY_CLOEXEC = 0x80102;
    private const uint TIOCSPTLCK = 0x40045431;
    private const uint TIOCGPTN = 0x80045430;
    private const uint TIOCEXCL = 0x540C;
    private const uint TIOCNXCL = 0x540D;

    private int _master;

    public PseudoTerminal()
    {
        _master = Checked(open("/dev/ptmx", O_RDWR_NOCTTY_CLOEXEC));
        int unlock = 0, number;
        Checked(ioctl(_master, TIOCSPTLCK, &unlock));
        Checked(ioctl(_master, TIOCGPTN, &number));
        Path = $"/dev/pts/{number}";
    }

    /// <summary>Of the end that is opened as a serial port.</summary>
    public string Path { get; }

    public void Send(ReadOnlySpan<byte> bytes)
    {
        while (!bytes.IsEmpty)
        {
            fixed (byte* first = bytes)
                bytes = bytes[(int)Checked((int)write(_master, first, (nuint)bytes.Length))..];
        }
    }

    public void Send(string text) => Send(System.Text.Encoding.Latin1.GetBytes(text));

    /// <summary>Waits for what was sent from the port.</summary>
    public string Receive()
    {
        Span<byte> bytes = stackalloc byte[4096];
        fixed (byte* first = bytes)
            return System.Text.Encoding.Latin1.GetString(bytes[..Checked((int)read(_master, first, (nuint)bytes.Length))]);
    }

    /// <summary>As when a USB adapter is pulled out: the kernel hangs the other end up.</summary>
    public void Unplug()
    {
        if (_master >= 0)
            _ = close(_master);
        _master = -1;
    }

    /// <summary>Another program that takes the port with TIOCEXCL only, as gpsd does.</summary>
    /// <returns>Lets it go.</returns>
    public static Action TakeAsOthersDo(string path)
    {
        var descriptor = Checked(open(path, O_RDWR_NOCTTY_CLOEXEC));
        Checked(ioctl(descriptor, TIOCEXCL, null));
        return () =>
        {
            Checked(ioctl(descriptor, TIOCNXCL, null));
            Checked(close(descriptor));
        };
    }

    public void Dispose() => Unplug();

    private static int Checked(int result) => result < 0 ? throw new Win32Exception(Marshal.GetLastPInvokeError()) : result;

    [LibraryImport("libc", SetLastError = true, StringMarshalling = StringMarshalling.Utf8)]
    private static partial int open(string path, int flags);

    [LibraryImport("libc", SetLastError = true)]
    private static partial int close(int descriptor);

    [LibraryImport("libc", SetLastError = true)]
    private static partial int ioctl(int descriptor, nuint request, void* argument);

    [LibraryImport("libc", SetLastError = true)]
    private static partial nint read(int descriptor, void* buffer, nuint bytes);

    [LibraryImport("libc", SetLastError = true)]
    private static partial nint write(int descriptor, void* buffer, nuint bytes);
}
