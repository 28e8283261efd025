using EdgeMas.Control.Stopping;

namespace EdgeMas.Control.Process;

/// <summary>A control loop of any kind with its body, as a core runs it.</summary>
/// <param name="Tick">One period.</param>
/// <param name="Stop">As the loop itself engages it.</param>
/// <param name="Halt">Brings the body to its emergency stop's state between two ticks, from any thread; null where only a tick can.</param>
/// <param name="IsAtRest">The body needs no loop any more. Any thread.</param>
/// <param name="Body">Disposed with the core where it can be.</param>
internal sealed record CoreLoop(Action Tick, EmergencyStop Stop, Action? Halt, Func<bool> IsAtRest, object Body);
