using System.Runtime.InteropServices;

namespace EdgeMas.Devices.Native;

internal static class ErrnoText
{
    /// <returns>Linux's words for an error, such as "Device or resource busy (16)".</returns>
    internal static string Of(int error) => $"{Marshal.GetPInvokeErrorMessage(error)} ({error})";
}
