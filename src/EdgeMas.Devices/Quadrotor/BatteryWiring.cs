namespace EdgeMas.Devices.Quadrotor;

/// <summary>An INA219 behind the battery's shunt. The charge is guessed from the voltage, in proportion between empty and full.</summary>
/// <param name="EmptyVolts">Under the load of hovering.</param>
public sealed record BatteryWiring(int I2cBus, int Address, double ShuntOhms, double MaxAmperes, double EmptyVolts, double FullVolts);
