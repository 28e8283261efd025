namespace EdgeMas.Devices.Chips.Ads1115;

/// <summary>Full scale to both sides of zero; a pin itself takes no more than the supply. The values are the register's.</summary>
public enum Ads1115Range
{
    Volts6144 = 0,
    Volts4096 = 1,
    Volts2048 = 2,
    Volts1024 = 3,
    Volts0512 = 4,
    Volts0256 = 5,
}
