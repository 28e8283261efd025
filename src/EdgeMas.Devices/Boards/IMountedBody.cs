namespace EdgeMas.Devices.Boards;

/// <summary>A body of chips on this machine's pins, whatever it is, as those see it who look after it. Disposing it brings it to its safe state; a second time does nothing.</summary>
public interface IMountedBody : IDisposable
{
    /// <summary>Raised when the stop button was pressed, after the body was stopped; on a thread of the body's. Who keeps the stop latched engages it here.</summary>
    event Action StopPressed;

    /// <summary>What does not work, one line each; empty for a body in order. The same list for as long as nothing changes, which allocates nothing. Any thread.</summary>
    IReadOnlyList<string> Troubles { get; }
}
