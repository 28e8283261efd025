namespace EdgeMas.Control.Flight;

public enum FlightGoalKind
{
    /// <summary>Come to rest in the air, or stay on the ground.</summary>
    Hover,

    /// <summary>From the ground straight up to a height.</summary>
    TakeOff,

    /// <summary>On a straight line to a point, nose as asked.</summary>
    FlyTo,

    /// <summary>Straight down; ends with the rotors off.</summary>
    Land,
}
