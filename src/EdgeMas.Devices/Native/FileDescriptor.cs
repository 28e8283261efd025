using System.Runtime.InteropServices;

namespace EdgeMas.Devices.Native;

/// <summary>Owns one open file of Linux.</summary>
internal sealed class FileDescriptor : SafeHandle
{
    internal FileDescriptor(int descriptor) : base(-1, ownsHandle: true) => SetHandle(descriptor);

    public override bool IsInvalid => handle < 0;

    /// <summary>For <see cref="Libc.poll"/>, while the owner holds a reference.</summary>
    internal int Number => (int)handle;

    protected override bool ReleaseHandle() => Libc.close((int)handle) == 0;
}
