using System.Runtime.InteropServices;

namespace EdgeMas.Simulation.Native;

/// <summary>Loads modules into the running kernel, as <c>insmod</c> does. Needs root.</summary>
internal static partial class KernelModule
{
    private const string Library = "libc";
    private const int EEXIST = 17;

    [LibraryImport(Library, SetLastError = true, StringMarshalling = StringMarshalling.Utf8)]
    private static partial long syscall(long number, int descriptor, string parameters, int flags);

    /// <summary>Without effect where it is loaded already.</summary>
    internal static void Load(string path, string parameters = "")
    {
        var finitModule = RuntimeInformation.ProcessArchitecture == Architecture.Arm64 ? 273 : 313; // glibc has no name for this call
        using var file = File.OpenHandle(path);
        if (syscall(finitModule, (int)file.DangerousGetHandle(), parameters, 0) < 0 && Marshal.GetLastPInvokeError() is not EEXIST and var error)
            throw new IOException($"{path}: the kernel does not take this module: {Marshal.GetPInvokeErrorMessage(error)} ({error})");
    }
}
