namespace EdgeMas.Control.Flight;

/// <summary>What an emergency stop does in the air.</summary>
public enum FlightStop
{
    /// <summary>Land at once, where it is.</summary>
    Land,

    /// <summary>Take the power from the rotors, where a person's own hand stopped it, by key or button: it falls. Messages, programs and the orderly end land it.</summary>
    Cut,
}
