using System.Runtime.InteropServices;

namespace EdgeMas.Mqtt.Mosquitto.Native;

/// <summary>libc's kill, under its own name. Source: signal.h of Linux.</summary>
internal static partial class Signals
{
    private const int SIGTERM = 15;

    /// <summary>Asks a process to end; one that has ended already is fine.</summary>
    internal static void Terminate(int process) => _ = kill(process, SIGTERM);

    [LibraryImport("libc", SetLastError = true)]
    private static partial int kill(int pid, int sig);
}
