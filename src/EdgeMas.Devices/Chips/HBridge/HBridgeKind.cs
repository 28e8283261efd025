namespace EdgeMas.Devices.Chips.HBridge;

/// <summary>Bridges with two direction inputs and one for PWM; they differ in what the PWM input's low means.</summary>
public enum HBridgeKind
{
    /// <summary>Toshiba TB6612FNG: the motor is braked while PWM is low.</summary>
    Tb6612,

    /// <summary>ST L298: the motor runs free while its enable input is low.</summary>
    L298,
}
