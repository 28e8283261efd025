using System.Runtime.InteropServices;

namespace EdgeMas.Host.CommandLine;

/// <summary>Ctrl-C and SIGTERM ask for an orderly end; a second one ends the process at once.</summary>
internal sealed class StopSignals : IDisposable
{
    /// <summary>The shell's way to say "ended by Ctrl-C".</summary>
    private const int Interrupted = 130;

    private readonly CancellationTokenSource _stop;
    private readonly PosixSignalRegistration[] _registrations;

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
        if (_stop.IsCancellationRequested)
            Environment.Exit(Interrupted);
        _ = _stop.CancelAsync();
    });
}
