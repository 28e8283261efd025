using System.ComponentModel;
using System.Diagnostics;
using System.Globalization;
using EdgeMas.Control.Native;
using EdgeMas.Control.Pacing;
using EdgeMas.Control.Sharing;
using EdgeMas.Core.Assets;

namespace EdgeMas.Control.Process;

/// <summary>Starts and ends <c>edgemas-control</c>, which lives on when its host does not.</summary>
public static class CoreProcess
{
    private const string Program = "edgemas-control";

    /// <summary>The native program that <c>scripts/build-control.sh</c> makes; null where it is not built.</summary>
    public static string? FindNative() => AssetLocator.FindNative($"build/control/{Program}");

    /// <summary>The native program, else the one beside this program, which runs on .NET's own runtime.</summary>
    /// <exception cref="FileNotFoundException">There is neither.</exception>
    public static string Find()
    {
        var beside = Path.Combine(AppContext.BaseDirectory, Program);
        return FindNative()
            ?? (File.Exists(beside) ? beside : throw new FileNotFoundException($"{Program} is neither built (scripts/build-control.sh) nor beside {Environment.ProcessPath}"));
    }

    /// <summary>Whether a core ticks on this region now.</summary>
    public static bool IsRunning(string regionPath)
    {
        if (!File.Exists(regionPath))
            return false;
        using var memory = SharedMemory<CoreLayout>.Open(regionPath);
        return IsTicking(memory);
    }

    internal static bool IsTicking(SharedMemory<CoreLayout> memory)
    {
        using var pause = new ManualResetEventSlim();
        var first = Volatile.Read(ref memory.Value.State.Ticks);
        for (var look = 0; look < 100; look++)
        {
            if (Volatile.Read(ref memory.Value.State.Ticks) != first)
                return true;
            pause.Wait(TimeSpan.FromMilliseconds(1));
        }
        return false;
    }

    /// <summary>Whether a process is there, is no remainder that nobody has waited for, and was started as a core of this region.</summary>
    internal static bool IsAlive(int processId, string regionPath)
    {
        try
        {
            return processId > 0 && File.ReadAllText($"/proc/{processId}/cmdline").Split('\0').Any(word => Path.GetFileName(word) == Path.GetFileName(regionPath));
        }
        catch (IOException)
        {
            return false;
        }
    }

    /// <summary>Starts a core and leaves it to itself.</summary>
    /// <param name="bodyPath">Null where the settings tell the body's wiring.</param>
    /// <param name="settingsPath">Written for it.</param>
    /// <param name="logPath">Where it writes its few lines.</param>
    /// <returns>The process, for those who want to wait for it.</returns>
    /// <exception cref="IOException">It cannot be started.</exception>
    public static System.Diagnostics.Process Start(string program, CoreSettings settings, RealtimeOptions realtime, string regionPath, string? bodyPath, string settingsPath, string logPath)
    {
        File.WriteAllBytes(settingsPath, settings.ToUtf8());
        var start = new ProcessStartInfo(program)
        {
            ArgumentList =
            {
                "--region", regionPath, "--settings", settingsPath, "--log", logPath,
                "--priority", realtime.Priority.ToString(CultureInfo.InvariantCulture),
            },
            Environment = { ["DOTNET_EnableDiagnostics"] = "0" }, // where it runs on .NET's own runtime: no door for debuggers, whose pipes a core that is killed would leave behind
        };
        if (bodyPath is not null)
        {
            start.ArgumentList.Add("--body");
            start.ArgumentList.Add(bodyPath);
        }
        if (realtime.Processor is { } processor)
        {
            start.ArgumentList.Add("--cpu");
            start.ArgumentList.Add(processor.ToString(CultureInfo.InvariantCulture));
        }
        if (!realtime.LockMemory)
            start.ArgumentList.Add("--no-lock");
        try
        {
            return System.Diagnostics.Process.Start(start) ?? throw new IOException($"{program} did not start");
        }
        catch (Win32Exception error)
        {
            throw new IOException($"{program} did not start: {error.Message}", error);
        }
    }

    /// <summary>Asks a core to end, which brakes its body for good. One that is gone already is no error.</summary>
    public static void End(int processId) => ProcessSignals.Send(processId, LibcProcess.SIGTERM);

    /// <summary>For the core itself: signals of the terminal that it was started from no longer reach it.</summary>
    public static void LeaveTerminal() => _ = LibcProcess.setsid(); // a leader of its own group cannot, and need not
}
