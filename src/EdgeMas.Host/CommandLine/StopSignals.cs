using System.Runtime.InteropServices;

namespace EdgeMas.Host.CommandLine;

/// <summary>
/// Ctrl-C and SIGTERM ask for an orderly end; a second one ends the process at once. One that follows at once is the same one: shells and programs such as
/// timeout signal a process and its group.
/// </summary>
internal sealed class StopSignals : IDisposable
{
    /// <summary>The shell's way to say "ended by Ctrl-C".</summary>
    private const int Interrupted = 130;

    private static readonly TimeSpan SameSignal = TimeSpan.FromMilliseconds(500);

    private readonly CancellationTokenSource _stop;
    private readonly PosixSignalRegistration[] _registrations;
    private long _asked; // timestamp; 0 for not yet

    public StopSignals(CancellationToken cancellationToken)
    {
        _stop = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        _registrations = [Register(PosixSignal.SIGINT), Register(PosixSignal.SIGTERM), Register(PosixSignal.SIGHUP)];
    }

    public CancellationToken Token => _stop.Token;

    public void Dispose()
    {
        foreach (var registration in _registrations)
            registration.Dispose();
        _stop.Dispose();
    }

    private PosixSignalRegistration Register(PosixSignal signal) => PosixSignalRegistration.Create(signal, context =>
    {
        context.Cancel = true;
        var first = Interlocked.CompareExchange(ref _asked, TimeProvider.System.GetTimestamp(), 0);
        if (first == 0)
            _ = _stop.CancelAsync();
        else if (TimeProvider.System.GetElapsedTime(first) > SameSignal)
            Environment.Exit(Interrupted);
    });
}
