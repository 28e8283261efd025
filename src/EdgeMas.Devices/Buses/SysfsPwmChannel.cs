using System.Device.Pwm;
using System.Globalization;
using EdgeMas.Devices.Errors;
using EdgeMas.Devices.Native;
using Microsoft.Win32.SafeHandles;

namespace EdgeMas.Devices.Buses;

/// <summary>A PWM output of the board, through sysfs. Setting a duty allocates nothing, as a control loop needs it; System.Device.Gpio's own makes a text each time.</summary>
internal sealed class SysfsPwmChannel : PwmChannel
{
    /// <summary>udev gives a new channel to its group a moment after it appears.</summary>
    private static readonly TimeSpan UdevPatience = TimeSpan.FromSeconds(2);

    private readonly string _chip;
    private readonly int _channel;
    private readonly SafeFileHandle _period;
    private readonly SafeFileHandle _duty;
    private readonly SafeFileHandle _enable;
    private long _periodNanoseconds;
    private double _dutyCycle;

    /// <exception cref="DeviceException">In use, or no permission.</exception>
    internal SysfsPwmChannel(string chip, int channel, int frequencyHertz, string? enable)
    {
        _chip = chip;
        _channel = channel;
        var path = $"{chip}/pwm{channel}";
        try
        {
            if (!Directory.Exists(path))
                File.WriteAllText($"{chip}/export", channel.ToString(CultureInfo.InvariantCulture));
            _period = Open($"{path}/period");
            _duty = Open($"{path}/duty_cycle");
            _enable = Open($"{path}/enable");
            // A program that died may have left it on; a fresh one has no period, and takes neither duty nor enable before it has.
            _periodNanoseconds = long.Parse(File.ReadAllText($"{path}/period"), CultureInfo.InvariantCulture);
            Frequency = frequencyHertz;
            Stop();
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            CloseFiles();
            throw DeviceNode.CannotOpen(path, DeviceKind.Pwm, error is UnauthorizedAccessException ? Errno.EACCES : error.HResult, enable, error);
        }
    }

    public override int Frequency
    {
        get => (int)Math.Round(1e9 / _periodNanoseconds);
        set
        {
            ArgumentOutOfRangeException.ThrowIfLessThan(value, 1);
            ArgumentOutOfRangeException.ThrowIfGreaterThan(value, PwmChannels.MaxHertz);
            // The kernel refuses a duty longer than the period at every moment between.
            if (_periodNanoseconds > 0)
                Write(_duty, 0);
            _periodNanoseconds = (long)Math.Round(1e9 / value);
            Write(_period, _periodNanoseconds);
            DutyCycle = _dutyCycle;
        }
    }

    public override double DutyCycle
    {
        get => _dutyCycle;
        set
        {
            if (!(value is >= 0 and <= 1))
                throw new ArgumentOutOfRangeException(nameof(value), value, "a duty is 0 to 1");
            Write(_duty, (long)Math.Round(value * _periodNanoseconds));
            _dutyCycle = value;
        }
    }

    public override void Start() => WriteText(_enable, "1"u8);

    public override void Stop() => WriteText(_enable, "0"u8);

    protected override void Dispose(bool disposing)
    {
        if (disposing && _enable is { IsClosed: false })
        {
            Stop();
            CloseFiles();
            File.WriteAllText($"{_chip}/unexport", _channel.ToString(CultureInfo.InvariantCulture));
        }
        base.Dispose(disposing);
    }

    private static SafeFileHandle Open(string path)
    {
        var started = TimeProvider.System.GetTimestamp();
        while (true)
        {
            try
            {
                return File.OpenHandle(path, FileMode.Open, FileAccess.Write, FileShare.ReadWrite);
            }
            catch (UnauthorizedAccessException) when (TimeProvider.System.GetElapsedTime(started) < UdevPatience)
            {
                Chips.Settling.Wait(TimeSpan.FromMilliseconds(20));
            }
        }
    }

    private static void Write(SafeFileHandle file, long value)
    {
        Span<byte> text = stackalloc byte[20];
        value.TryFormat(text, out var length, default, CultureInfo.InvariantCulture);
        WriteText(file, text[..length]);
    }

    private static void WriteText(SafeFileHandle file, ReadOnlySpan<byte> text) => RandomAccess.Write(file, text, fileOffset: 0);

    private void CloseFiles()
    {
        _period?.Dispose();
        _duty?.Dispose();
        _enable?.Dispose();
    }
}
