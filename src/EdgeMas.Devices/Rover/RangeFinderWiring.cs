using System.Text.Json.Serialization;

namespace EdgeMas.Devices.Rover;

/// <summary>What looks ahead, at the rover's front.</summary>
[JsonPolymorphic(TypeDiscriminatorPropertyName = "chip")]
[JsonDerivedType(typeof(HcSr04Wiring), "hcsr04")]
[JsonDerivedType(typeof(Vl53l0xWiring), "vl53l0x")]
public abstract record RangeFinderWiring;
