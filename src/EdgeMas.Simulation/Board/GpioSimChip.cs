using System.Collections.Concurrent;
using System.Globalization;
using Microsoft.Win32.SafeHandles;

namespace EdgeMas.Simulation.Board;

/// <summary>
/// A GPIO chip made by the kernel's gpio-sim: its lines are real <c>/dev/gpiochipN</c> lines, and this is their far end. Needs root and configfs. Any thread.
/// </summary>
/// <remarks>Source: Linux 6.1, <c>Documentation/admin-guide/gpio/gpio-sim.rst</c>.</remarks>
public sealed class GpioSimChip : IDisposable
{
    private const string Config = "/sys/kernel/config/gpio-sim";

    private readonly string _config;
    private readonly string _lines;
    private readonly ConcurrentDictionary<int, SafeFileHandle> _pulls = new();
    private readonly ConcurrentDictionary<int, SafeFileHandle> _values = new();

    private GpioSimChip(string config, string chip, string lines)
    {
        _config = config;
        Path = chip;
        _lines = lines;
    }

    /// <summary>Such as /dev/gpiochip0.</summary>
    public string Path { get; }

    /// <param name="names">Names of lines, by offset.</param>
    /// <param name="hogs">Lines that the kernel itself holds, by offset, with the holder's name.</param>
    public static GpioSimChip Create(string label, int lineCount, IReadOnlyDictionary<int, string>? names = null, IReadOnlyDictionary<int, string>? hogs = null)
    {
        var config = $"{Config}/{label}";
        var bank = $"{config}/bank0";
        Directory.CreateDirectory(bank);
        File.WriteAllText($"{bank}/num_lines", lineCount.ToString(CultureInfo.InvariantCulture));
        File.WriteAllText($"{bank}/label", label);
        foreach (var (line, name) in names ?? new Dictionary<int, string>())
        {
            Directory.CreateDirectory($"{bank}/line{line}");
            File.WriteAllText($"{bank}/line{line}/name", name);
        }
        foreach (var (line, holder) in hogs ?? new Dictionary<int, string>())
        {
            Directory.CreateDirectory($"{bank}/line{line}/hog");
            File.WriteAllText($"{bank}/line{line}/hog/name", holder);
            File.WriteAllText($"{bank}/line{line}/hog/direction", "input");
        }
        File.WriteAllText($"{config}/live", "1");
        var device = File.ReadAllText($"{config}/dev_name").Trim();
        var chip = File.ReadAllText($"{bank}/chip_name").Trim();
        return new GpioSimChip(config, $"/dev/{chip}", $"/sys/devices/platform/{device}/{chip}");
    }

    /// <summary>Drives an input from outside.</summary>
    public void Drive(int line, bool high) =>
        RandomAccess.Write(_pulls.GetOrAdd(line, Open, ("pull", FileAccess.Write)), high ? "pull-up"u8 : "pull-down"u8, fileOffset: 0);

    /// <summary>The level on the line, whoever drives it.</summary>
    public bool Level(int line)
    {
        Span<byte> text = stackalloc byte[4];
        return RandomAccess.Read(_values.GetOrAdd(line, Open, ("value", FileAccess.Read)), text, fileOffset: 0) > 0 && text[0] == '1';
    }

    /// <summary>Takes the chip away, as when a USB adapter is unplugged.</summary>
    public void Dispose()
    {
        foreach (var file in _pulls.Values.Concat(_values.Values))
            file.Dispose();
        File.WriteAllText($"{_config}/live", "0");
    }

    private SafeFileHandle Open(int line, (string File, FileAccess Access) part) =>
        File.OpenHandle($"{_lines}/sim_gpio{line}/{part.File}", FileMode.Open, part.Access, FileShare.ReadWrite);
}
