namespace EdgeMas.Devices.Chips.Ads1115;

/// <summary>Between which pins the chip measures. The values are the register's.</summary>
public enum Ads1115Input
{
    A0MinusA1 = 0,
    A0MinusA3 = 1,
    A1MinusA3 = 2,
    A2MinusA3 = 3,
    A0 = 4,
    A1 = 5,
    A2 = 6,
    A3 = 7,
}
