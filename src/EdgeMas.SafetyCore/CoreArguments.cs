using System.Globalization;
using EdgeMas.Control.Pacing;
using EdgeMas.Control.Process;

namespace EdgeMas.SafetyCore;

/// <summary>The command line of <c>edgemas-control</c>.</summary>
internal sealed record CoreArguments(CoreSettings Settings, RealtimeOptions Realtime, string Region, string? Body, string? Log)
{
    public const string Help = """
        edgemas-control --region FILE [--body FILE] --settings FILE [--cpu N] [--priority N] [--no-lock] [--log FILE]

        The safety core of one robot: moves its base, its rotors or its arm at a fixed rate within its limits, whatever becomes of the host.
        'edgemas run' starts it where the robot's configuration says "control: process", and for a body of chips where it is built.

          --region FILE     made for hosts to attach to, in memory: /dev/shm/edgemas-NAME
          --body FILE       the region of a body in another process, such as a simulation; left out, the settings tell the wiring of chips that the core drives itself
          --settings FILE   rate, limits, kind of vehicle and wiring, as JSON; 'edgemas run' writes one
          --cpu N           stay on this processor
          --priority N      SCHED_FIFO priority, 1 to 98; 0 for the usual scheduling (80)
          --no-lock         do not lock the memory
          --log FILE        write there instead of to standard error, and leave the terminal: its Ctrl-C does not end the core

        Example:
          edgemas-control --region /dev/shm/edgemas-rover --body /dev/shm/edgemas-rover-body --settings rover.json --cpu 1
        """;

    private const long MostSettingsBytes = 1 << 20;

    /// <exception cref="CoreUsageException">It cannot be used.</exception>
    public static CoreArguments Parse(string[] arguments)
    {
        string? region = null, body = null, settings = null, log = null;
        var realtime = new RealtimeOptions();
        for (var i = 0; i < arguments.Length; i++)
        {
            switch (arguments[i])
            {
                case "--region": region = Next(); break;
                case "--body": body = Next(); break;
                case "--settings": settings = Next(); break;
                case "--log": log = Next(); break;
                case "--cpu": realtime = realtime with { Processor = Number() }; break;
                case "--priority": realtime = realtime with { Priority = Number() }; break;
                case "--no-lock": realtime = realtime with { LockMemory = false }; break;
                default: throw new CoreUsageException($"unknown argument '{arguments[i]}'; edgemas-control --help shows how it is used");
            }

            string Next() => ++i < arguments.Length ? arguments[i] : throw new CoreUsageException($"{arguments[i - 1]} needs a value");
            int Number() => int.TryParse(Next(), NumberStyles.None, CultureInfo.InvariantCulture, out var number) ? number : throw new CoreUsageException($"'{arguments[i]}' is not a whole number");
        }
        return new CoreArguments(ReadSettings(Given(settings, "--settings")), realtime, Given(region, "--region"), body, log);
    }

    /// <summary>Where the core writes its few lines.</summary>
    public TextWriter OpenLog()
    {
        if (Log is null)
            return Console.Error;
        CoreProcess.LeaveTerminal();
        return new StreamWriter(Log, append: true) { AutoFlush = true };
    }

    private static string Given(string? value, string option) => value ?? throw new CoreUsageException($"{option} is missing; edgemas-control --help shows how it is used");

    private static CoreSettings ReadSettings(string path)
    {
        var file = new FileInfo(path);
        if (!file.Exists)
            throw new CoreUsageException($"{path}: there is no such file");
        if (file.Length > MostSettingsBytes)
            throw new CoreUsageException($"{path}: {file.Length} bytes are more than settings have");
        return CoreSettings.Parse(File.ReadAllBytes(path));
    }
}
