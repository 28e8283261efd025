using EdgeMas.Simulation.Native;

namespace EdgeMas.Simulation.Board;

/// <summary>
/// The simulated board's far end, inside its kernel: makes the pins, the buses and the PWM outputs appear, and plays what is wired to them.
/// </summary>
public sealed class SimulatedBoard : IDisposable
{
    public const int LineCount = 32;

    private SimulatedBoard(GpioSimChip gpio, BoardChips chips)
    {
        Gpio = gpio;
        Chips = chips;
    }

    public GpioSimChip Gpio { get; }

    public BoardChips Chips { get; }

    /// <param name="module">boardsim.ko, built for the running kernel.</param>
    /// <param name="hogs">Lines that the kernel itself holds, with the holder's name.</param>
    /// <exception cref="IOException">This is no simulated board: the kernel has no gpio-sim, refuses the module, or the caller is not root.</exception>
    public static SimulatedBoard Open(string module, TimeProvider time, IReadOnlyDictionary<int, string>? names = null, IReadOnlyDictionary<int, string>? hogs = null)
    {
        KernelModule.Load(module);
        var gpio = GpioSimChip.Create("simboard", LineCount, names, hogs);
        try
        {
            return new SimulatedBoard(gpio, BoardChips.Open(time));
        }
        catch
        {
            gpio.Dispose();
            throw;
        }
    }

    public void Dispose()
    {
        Chips.Dispose();
        Gpio.Dispose();
    }
}
