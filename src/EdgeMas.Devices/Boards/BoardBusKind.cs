namespace EdgeMas.Devices.Boards;

/// <summary>What a board's file calls <c>kind</c>, in lower case.</summary>
public enum BoardBusKind
{
    I2c,
    Spi,
    Pwm,
    Serial,
    Can,
}
