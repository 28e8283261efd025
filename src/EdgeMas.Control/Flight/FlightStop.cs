namespace EdgeMas.Control.Flight;

/// <summary>What an emergency stop does in the air.</summary>
public enum FlightStop
{
    /// <summary>Land at once, where it is.</summary>
    Land,

    /// <summary>Take the power from the rotors: it falls.</summary>
    Cut,
}
