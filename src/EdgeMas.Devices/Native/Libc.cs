using System.Runtime.InteropServices;

namespace EdgeMas.Devices.Native;

/// <summary>libc's calls on file descriptors, under their own names; all set errno. Source: POSIX.1-2017, Linux man-pages 6.</summary>
internal static unsafe partial class Libc
{
    internal const int O_RDWR = 2;
    internal const int O_NOCTTY = 0x100;
    internal const int O_NONBLOCK = 0x800;
    internal const int O_CLOEXEC = 0x80000;
    internal const int F_SETFL = 4;
    internal const int R_OK = 4;
    internal const int W_OK = 2;
    internal const short POLLIN = 1;
    internal const short POLLOUT = 4;
    internal const short POLLERR = 8;
    internal const short POLLHUP = 16;
    internal const int LOCK_EX = 2;
    internal const int LOCK_NB = 4;
    internal const int EFD_NONBLOCK = O_NONBLOCK;
    internal const int EFD_CLOEXEC = O_CLOEXEC;

    internal const int AT_FDCWD = -100;
    internal const uint STATX_GID = 0x10;

    private const string Library = "libc";

    [StructLayout(LayoutKind.Sequential)]
    internal struct poll_fd
    {
        internal int fd;
        internal short events;
        internal short revents;
    }

    /// <summary>struct statx, which is the same on every architecture: 256 bytes, of which one is of use here.</summary>
    [StructLayout(LayoutKind.Explicit, Size = 256)]
    internal struct statx_fields
    {
        [FieldOffset(24)] internal uint stx_gid;
    }

    [LibraryImport(Library, SetLastError = true, StringMarshalling = StringMarshalling.Utf8)]
    internal static partial int open(string path, int flags);

    /// <summary>0 where this process may use the file so.</summary>
    [LibraryImport(Library, SetLastError = true, StringMarshalling = StringMarshalling.Utf8)]
    internal static partial int access(string path, int mode);

    [LibraryImport(Library, SetLastError = true)]
    internal static partial int close(int descriptor);

    [LibraryImport(Library, SetLastError = true)]
    internal static partial int ioctl(FileDescriptor descriptor, nuint request, void* argument);

    [LibraryImport(Library, SetLastError = true)]
    internal static partial int fcntl(FileDescriptor descriptor, int command, int argument);

    /// <summary>A lock of the open file that ends with its last descriptor, however the program ends.</summary>
    [LibraryImport(Library, SetLastError = true)]
    internal static partial int flock(FileDescriptor descriptor, int operation);

    [LibraryImport(Library, SetLastError = true)]
    internal static partial nint read(FileDescriptor descriptor, void* buffer, nuint bytes);

    [LibraryImport(Library, SetLastError = true)]
    internal static partial nint write(FileDescriptor descriptor, void* buffer, nuint bytes);

    /// <param name="milliseconds">−1 waits without end.</param>
    [LibraryImport(Library, SetLastError = true)]
    internal static partial int poll(poll_fd* descriptors, nuint count, int milliseconds);

    [LibraryImport(Library, SetLastError = true)]
    internal static partial int eventfd(uint initial, int flags);

    [LibraryImport(Library, SetLastError = true, StringMarshalling = StringMarshalling.Utf8)]
    internal static partial int statx(int folder, string path, int flags, uint mask, statx_fields* fields);

    [LibraryImport(Library, SetLastError = true)]
    internal static partial int socket(int family, int type, int protocol);

    [LibraryImport(Library, SetLastError = true)]
    internal static partial int bind(FileDescriptor socket, void* address, uint bytes);

    [LibraryImport(Library, SetLastError = true)]
    internal static partial int setsockopt(FileDescriptor socket, int level, int name, void* value, uint bytes);

    [LibraryImport(Library, SetLastError = true)]
    internal static partial nint recvmsg(FileDescriptor socket, CanUapi.msg_hdr* message, int flags);

    /// <summary>0 where there is no such network interface.</summary>
    [LibraryImport(Library, SetLastError = true, StringMarshalling = StringMarshalling.Utf8)]
    internal static partial uint if_nametoindex(string name);
}
