using System.Runtime.InteropServices;
using EdgeMas.Control;
using EdgeMas.Control.Process;
using EdgeMas.SafetyCore;

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
    using var core = await ControlCore.StartAsync(
        arguments.Settings, arguments.Realtime, arguments.Region, arguments.Body, line => log.WriteLine($"edgemas-control: {line}"));
    log.WriteLine($"edgemas-control: process {Environment.ProcessId} ticks at {arguments.Settings.RateHz} Hz; hosts attach to {arguments.Region}");
    await await Task.WhenAny(ended.Task, core.Completion);
    return 0;

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
