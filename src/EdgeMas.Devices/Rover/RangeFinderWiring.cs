namespace EdgeMas.Devices.Rover;

/// <summary>What looks ahead, at the rover's front.</summary>
public abstract record RangeFinderWiring;

/// <summary>An ultrasonic finder on two lines.</summary>
public sealed record HcSr04Wiring(int TriggerLine, int EchoLine) : RangeFinderWiring;

/// <summary>A laser finder on a bus.</summary>
public sealed record Vl53l0xWiring(int I2cBus, int Address) : RangeFinderWiring;
