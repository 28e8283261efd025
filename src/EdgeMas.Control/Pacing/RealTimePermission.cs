using System.Runtime.InteropServices;
using EdgeMas.Control.Native;

namespace EdgeMas.Control.Pacing;

/// <summary>Whether this process may schedule a thread before all ordinary ones, as a control loop on a loaded computer needs. Linux only.</summary>
public static class RealTimePermission
{
    /// <summary>Asks the kernel for the lowest real-time priority (SCHED_FIFO 1), for a thread that ends at once.</summary>
    /// <returns>Null when it is granted, or the kernel's reason.</returns>
    public static string? Refusal()
    {
        string? refusal = null;
        var thread = new Thread(() =>
        {
            if (LibcScheduler.sched_setscheduler(0, LibcScheduler.SCHED_FIFO, new LibcScheduler.SchedParam { Priority = 1 }) != 0)
                refusal = Marshal.GetLastPInvokeErrorMessage();
        }) { Name = "real-time probe" };
        thread.Start();
        thread.Join();
        return refusal;
    }
}
