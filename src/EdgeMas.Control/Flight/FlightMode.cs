namespace EdgeMas.Control.Flight;

public enum FlightMode
{
    /// <summary>The rotors are off: on the ground, or falling after a cut.</summary>
    Off,

    /// <summary>On the way to a point, or holding it.</summary>
    Flying,

    /// <summary>The safe state's first part: it holds where it came to rest, and waits for its owner.</summary>
    Waiting,

    Landing,
}
