using System.Device.I2c;
using EdgeMas.Devices.Errors;

namespace EdgeMas.Devices.Chips.Ssd1306;

/// <summary>
/// Solomon Systech SSD1306: a display of 128 × 64 or 128 × 32 points. What is drawn lies in memory until <see cref="Show"/>, which sends the rows that changed and
/// allocates nothing. One thread at a time.
/// </summary>
/// <remarks>Source: Solomon Systech, SSD1306 data sheet rev. 1.1, sections 8.1.5 (I2C), 9 and 10 (commands), application note (order of set-up).</remarks>
public sealed class Ssd1306 : IDisposable
{
    public const int DefaultAddress = 0x3C;

    /// <summary>Points in a row.</summary>
    public const int Width = 128;

    private const byte Commands = 0x00; // all bytes that follow are commands
    private const byte Data = 0x40; // all bytes that follow are points
    private const int RowsOfPage = 8;

    private readonly I2cDevice _device;
    private readonly byte[][] _pages; // each begins with Data
    private readonly bool[] _changed;

    /// <param name="device">Disposed with this object.</param>
    /// <param name="height">64 or 32, as the glass has it.</param>
    /// <exception cref="DeviceException">The chip does not answer.</exception>
    public Ssd1306(I2cDevice device, int height = 64)
    {
        if (height is not (64 or 32))
            throw new ArgumentOutOfRangeException(nameof(height), height, "a display has 64 or 32 rows");
        _device = device;
        Height = height;
        _pages = [.. Enumerable.Range(0, height / RowsOfPage).Select(_ => new byte[1 + Width])];
        _changed = new bool[_pages.Length];
        foreach (var page in _pages)
            page[0] = Data;
        Array.Fill(_changed, true); // the chip's memory holds noise after power-on
        var comPins = (byte)(height == 64 ? 0x12 : 0x02); // alternating where all 64 are used
        device.Write(
        [
            Commands,
            0xAE, // off, until there is something to show
            0xA8, (byte)(height - 1), // rows that are driven
            0xD3, 0x00, // no vertical shift
            0x40, // first row on top
            0xA1, 0xC8, // the connector is above the glass
            0xDA, comPins,
            0x81, 0x7F, // half of the brightness
            0xA4, 0xA6, // show the memory, a 1 is bright
            0xD5, 0x80, // clock as after reset
            0x20, 0x00, // bytes go along the row
            0x8D, 0x14, // the glass's voltage from the chip's own pump
        ]);
        Show();
        device.Write([Commands, 0xAF]);
    }

    /// <summary>Rows.</summary>
    public int Height { get; }

    /// <summary>Lights a point or darkens it; one outside of the glass is no error, and not seen.</summary>
    /// <param name="x">From the left.</param>
    /// <param name="y">From the top.</param>
    public void Set(int x, int y, bool bright = true)
    {
        if (x is < 0 or >= Width || y < 0 || y >= Height)
            return;
        ref var column = ref _pages[y / RowsOfPage][1 + x];
        var bit = 1 << (y % RowsOfPage);
        var next = (byte)(bright ? column | bit : column & ~bit);
        if (next == column)
            return;
        column = next;
        _changed[y / RowsOfPage] = true;
    }

    /// <summary>Fills a rectangle, or what of it lies on the glass: a battery's bar.</summary>
    public void Fill(int x, int y, int width, int height, bool bright = true)
    {
        for (var row = Math.Max(0, y); row < Math.Min(Height, y + height); row++)
        {
            for (var column = Math.Max(0, x); column < Math.Min(Width, x + width); column++)
                Set(column, row, bright);
        }
    }

    public void Clear() => Fill(0, 0, Width, Height, bright: false);

    /// <summary>Sends what changed: about 12 ms a page of eight rows at 100 kHz.</summary>
    /// <exception cref="DeviceException">The chip does not answer; what changed is sent at the next call.</exception>
    public void Show()
    {
        for (var page = 0; page < _pages.Length; page++)
        {
            if (!_changed[page])
                continue;
            _device.Write([Commands, 0x21, 0, Width - 1, 0x22, (byte)page, (byte)page]);
            _device.Write(_pages[page]);
            _changed[page] = false;
        }
    }

    /// <param name="share">0 to 1.</param>
    public void SetBrightness(double share)
    {
        if (!(share is >= 0 and <= 1))
            throw new ArgumentOutOfRangeException(nameof(share), share, "a brightness is 0 to 1");
        _device.Write([Commands, 0x81, (byte)Math.Round(share * 255)]);
    }

    /// <summary>Darkens the glass: it ages with light.</summary>
    public void Dispose()
    {
        _device.Write([Commands, 0xAE]);
        _device.Dispose();
    }
}
