namespace EdgeMas.Devices.Rover;

/// <summary>What looks ahead, at the rover's front.</summary>
public abstract record RangeFinderWiring;
