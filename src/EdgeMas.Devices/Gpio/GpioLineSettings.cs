namespace EdgeMas.Devices.Gpio;

/// <summary>How lines are used. The same for all lines of one request.</summary>
public sealed record GpioLineSettings
{
    public static GpioLineSettings Input { get; } = new();

    public static GpioLineSettings EdgeInput { get; } = new() { Edges = GpioEdges.Both };

    public static GpioLineSettings Outputs(ulong initial = 0) => new() { Output = true, InitialBits = initial };

    public bool Output { get; init; }

    /// <summary>Levels that outputs take as they become outputs: bit n for the n-th line.</summary>
    public ulong InitialBits { get; init; }

    /// <summary>Low is 1 and high is 0.</summary>
    public bool ActiveLow { get; init; }

    /// <summary>Outputs pull low and let go instead of driving high.</summary>
    public bool OpenDrain { get; init; }

    /// <summary>Of inputs.</summary>
    public GpioBias Bias { get; init; }

    public GpioEdges Edges { get; init; }

    /// <summary>A change counts when the input has been steady for so long; the kernel or the chip sees to it. Zero for none; whole microseconds.</summary>
    public TimeSpan Debounce { get; init; }

    /// <summary>Edges that the kernel keeps until they are read, at most 1024; beyond it the oldest are lost, and counted. 0: 16 a line.</summary>
    public int EdgeCapacity { get; init; }
}
