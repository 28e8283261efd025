using System.Diagnostics;
using System.Runtime.InteropServices;
using EdgeMas.Control;
using EdgeMas.Control.Process;
using EdgeMas.SafetyCore;

var landPatience = TimeSpan.FromSeconds(60);
if (args is ["--help" or "-h"])
{
    Console.WriteLine(CoreArguments.Help);
    return 0;
}
try
{
    var arguments = CoreArguments.Parse(args);
    using var log = arguments.OpenLog();
    var ended = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
    using var terminated = PosixSignalRegistration.Create(PosixSignal.SIGTERM, End);
    using var interrupted = PosixSignalRegistration.Create(PosixSignal.SIGINT, End);
    using var hungUp = PosixSignalRegistration.Create(PosixSignal.SIGHUP, static context => context.Cancel = true); // the host's terminal may close; the core stays
    try
    {
        using var chips = arguments.Body is null ? await ChipBody.StartAsync(arguments) : null;
        using var shared = arguments.Body is null ? null : await ControlCore.StartAsync(arguments.Settings, arguments.Realtime, arguments.Region, arguments.Body);
        var core = chips?.Core ?? shared!;
        foreach (var refused in core.Refused)
            Say(refused);
        while (core.Ticks < 1 && !core.Completion.IsCompleted)
            await Task.Delay(TimeSpan.FromMilliseconds(1), TimeProvider.System);
        Say($"process {Environment.ProcessId} ticks at {arguments.Settings.RateHz} Hz, first {(TimeProvider.System.GetLocalNow().DateTime - Process.GetCurrentProcess().StartTime).TotalMilliseconds:0} ms after the process began; hosts attach to {arguments.Region}");
        await await Task.WhenAny(ended.Task, core.Completion);
        if (!await core.ComeToRestAsync(landPatience))
            Say($"the vehicle has not landed within {landPatience.TotalSeconds:0} s; this process ends, and with it its control loop");
        return 0;
    }
    catch (IOException error)
    {
        if (arguments.Log is not null)
            Say(error.Message); // whoever started it reads the log
        throw;
    }

    void Say(string line) => log.WriteLine($"edgemas-control: {line}");

    void End(PosixSignalContext context)
    {
        context.Cancel = true;
        ended.TrySetResult();
    }
}
catch (Exception error) when (error is CoreUsageException or ControlOptionsException)
{
    Console.Error.WriteLine($"edgemas-control: {error.Message}");
    return 2;
}
catch (Exception error) when (error is IOException or UnauthorizedAccessException)
{
    Console.Error.WriteLine($"edgemas-control: {error.Message}");
    return 1;
}
