namespace EdgeMas.Devices.Gpio;

/// <summary>Which changes of an input the kernel notes.</summary>
[Flags]
public enum GpioEdges
{
    None = 0,
    Rising = 1,
    Falling = 2,
    Both = Rising | Falling,
}
