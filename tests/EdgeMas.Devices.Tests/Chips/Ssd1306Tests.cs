using EdgeMas.Devices.Chips.Ssd1306;
using EdgeMas.Simulation.Board;

namespace EdgeMas.Devices.Tests.Chips;

public sealed class Ssd1306Tests
{
    private readonly Glass _glass = new();
    private readonly RecordedI2c _bus;

    public Ssd1306Tests() => _bus = new RecordedI2c(Ssd1306.DefaultAddress, _glass);

    [Theory]
    [InlineData(64, "3F", "12")]
    [InlineData(32, "1F", "02")]
    public void Set_up_follows_the_application_note_clears_the_glass_and_switches_it_on_last(int height, string rows, string pins)
    {
        using var display = new Ssd1306(_bus, height);

        var transfers = _bus.Take();
        Assert.Equal($"w 00 AE A8 {rows} D3 00 40 A1 C8 DA {pins} 81 7F A4 A6 D5 80 20 00 8D 14", transfers[0]);
        Assert.Equal("w 00 AF", transfers[^1]);
        Assert.Equal(1 + (2 * height / 8) + 1, transfers.Length);
        Assert.True(_glass.IsDark(height / 8));
    }

    [Theory]
    [InlineData(0, 0)]
    [InlineData(127, 63)]
    [InlineData(5, 7)]
    [InlineData(5, 8)]
    public void A_point_lights_where_it_was_set(int x, int y)
    {
        using var display = new Ssd1306(_bus);

        display.Set(x, y);
        display.Show();

        Assert.True(_glass[x, y]);
        Assert.Equal(1, _glass.Bright);
    }

    [Fact]
    public void Only_the_page_that_changed_is_sent_and_nothing_where_nothing_changed()
    {
        using var display = new Ssd1306(_bus);
        _bus.Take();

        display.Set(3, 17);
        display.Show();
        var sent = _bus.Take();
        display.Set(3, 17);
        display.Show();

        Assert.Equal("w 00 21 00 7F 22 02 02", sent[0]);
        Assert.StartsWith("w 40 00 00 00 02 00", sent[1], StringComparison.Ordinal);
        Assert.Equal(2, sent.Length);
        Assert.Empty(_bus.Take());
    }

    [Fact]
    public void A_rectangle_is_cut_at_the_glass_and_cleared_again()
    {
        using var display = new Ssd1306(_bus);

        display.Fill(120, 60, 100, 100);
        display.Fill(-5, -5, 7, 7);
        display.Show();
        Assert.Equal((8 * 4) + (2 * 2), _glass.Bright);

        display.Clear();
        display.Show();
        Assert.Equal(0, _glass.Bright);
    }

    [Fact]
    public void Brightness_is_a_share_and_the_end_darkens_the_glass()
    {
        var display = new Ssd1306(_bus);
        _bus.Take();

        display.SetBrightness(1);
        Assert.Throws<ArgumentOutOfRangeException>(() => display.SetBrightness(double.NaN));
        display.Dispose();

        Assert.Equal(["w 00 81 FF", "w 00 AE"], _bus.Take());
        Assert.True(_bus.Disposed);
    }

    /// <summary>The chip's memory as its data sheet's horizontal addressing fills it.</summary>
    private sealed class Glass : II2cTarget
    {
        private readonly byte[,] _columns = new byte[128, 8];
        private int _page, _column;

        internal Glass()
        {
            for (var x = 0; x < 128; x++)
                _columns[x, x % 8] = 0xA5; // noise
        }

        internal bool this[int x, int y] => (_columns[x, y / 8] & (1 << (y % 8))) != 0;

        internal int Bright => Enumerable.Range(0, 128 * 64).Count(at => this[at % 128, at / 128]);

        internal bool IsDark(int pages) => Enumerable.Range(0, 128 * pages).All(at => _columns[at % 128, at / 128] == 0);

        public void Write(ReadOnlySpan<byte> bytes)
        {
            if (bytes[0] == 0x00 && bytes is [_, 0x21, var first, _, 0x22, var page, _])
                (_column, _page) = (first, page);
            if (bytes[0] != 0x40)
                return;
            foreach (var points in bytes[1..])
                _columns[_column++, _page] = points;
        }

        public void Read(Span<byte> bytes) => bytes.Clear();
    }
}
