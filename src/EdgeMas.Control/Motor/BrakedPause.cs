using System.Runtime.CompilerServices;

namespace EdgeMas.Control.Motor;

/// <summary>
/// Awaits a pause and lets virtual time go on for as long, but only once the continuation is in place. Between letting go and awaiting, a thread that a busy machine
/// puts aside for a moment would be overtaken by seconds of virtual time, and what it watches over would take it for dead.
/// </summary>
/// <param name="pause">In virtual time.</param>
/// <param name="hold">Of virtual time; released with the first wait.</param>
internal readonly struct BrakedPause(Task pause, IDisposable hold) : ICriticalNotifyCompletion
{
    public bool IsCompleted => pause.IsCompleted;

    public BrakedPause GetAwaiter() => this;

    public void GetResult() => pause.GetAwaiter().GetResult();

    public void OnCompleted(Action continuation)
    {
        pause.GetAwaiter().OnCompleted(continuation);
        hold.Dispose();
    }

    public void UnsafeOnCompleted(Action continuation)
    {
        pause.GetAwaiter().UnsafeOnCompleted(continuation);
        hold.Dispose();
    }
}
