using EdgeMas.Control.Native;

namespace EdgeMas.Control.Process;

/// <summary>Ends, pauses and continues processes: a core that hangs, and what tests do to cores and hosts. A process that is gone already is no error.</summary>
public static class ProcessSignals
{
    /// <summary>SIGKILL: it ends wherever it is, and cleans nothing up.</summary>
    public static void Kill(int processId) => Send(processId, LibcProcess.SIGKILL);

    /// <summary>SIGSTOP: none of its threads goes on.</summary>
    public static void Pause(int processId) => Send(processId, LibcProcess.SIGSTOP);

    /// <summary>SIGCONT.</summary>
    public static void Continue(int processId) => Send(processId, LibcProcess.SIGCONT);

    internal static void Send(int processId, int signal)
    {
        if (processId > 0)
            _ = LibcProcess.kill(processId, signal);
    }
}
