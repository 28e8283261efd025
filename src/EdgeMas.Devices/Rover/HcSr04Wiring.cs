namespace EdgeMas.Devices.Rover;

/// <summary>An ultrasonic finder on two lines.</summary>
public sealed record HcSr04Wiring(int TriggerLine, int EchoLine) : RangeFinderWiring;
