using Spectre.Console;

namespace EdgeMas.Host.Terminal;

/// <summary>A picture of dots, eight to a character cell (Unicode block U+2800), with one colour a cell, and letters on top.</summary>
internal sealed class BrailleCanvas(int columns, int rows)
{
    private static readonly byte[,] Bits = { { 0x01, 0x08 }, { 0x02, 0x10 }, { 0x04, 0x20 }, { 0x40, 0x80 } };

    private readonly byte[] _dots = new byte[columns * rows];
    private readonly char[] _glyphs = new char[columns * rows];
    private readonly Color[] _colors = new Color[columns * rows];

    public int Columns => columns;

    public int Rows => rows;

    public int DotsAcross => columns * 2;

    public int DotsDown => rows * 4;

    public void Dot(int x, int y, Color color)
    {
        if (x < 0 || y < 0 || x >= DotsAcross || y >= DotsDown)
            return;
        var cell = (y / 4 * columns) + (x / 2);
        _dots[cell] |= Bits[y % 4, x % 2];
        _colors[cell] = color;
    }

    /// <param name="every">1 for a full line, 3 for every third dot.</param>
    public void Line(double x0, double y0, double x1, double y1, Color color, int every = 1)
    {
        var steps = (int)Math.Ceiling(Math.Max(Math.Abs(x1 - x0), Math.Abs(y1 - y0)));
        for (var i = 0; i <= steps; i += every)
        {
            var t = steps == 0 ? 0 : (double)i / steps;
            Dot((int)Math.Round(x0 + ((x1 - x0) * t)), (int)Math.Round(y0 + ((y1 - y0) * t)), color);
        }
    }

    public void Disc(double x, double y, double radius, Color color)
    {
        for (var dy = (int)-radius - 1; dy <= radius + 1; dy++)
        {
            for (var dx = (int)-radius - 1; dx <= radius + 1; dx++)
            {
                if ((dx * dx) + (dy * dy) <= radius * radius)
                    Dot((int)Math.Round(x) + dx, (int)Math.Round(y) + dy, color);
            }
        }
    }

    /// <summary>Writes over the dots, beginning at the cell that holds a dot.</summary>
    public void Write(double x, double y, string text, Color color)
    {
        var (column, row) = ((int)(x / 2), (int)(y / 4));
        if (row < 0 || row >= rows)
            return;
        foreach (var letter in text)
        {
            if (column >= 0 && column < columns)
            {
                _glyphs[(row * columns) + column] = letter;
                _colors[(row * columns) + column] = color;
            }
            column++;
        }
    }

    /// <summary>Whether a text there would lie on nothing but empty cells.</summary>
    public bool IsFree(double x, double y, int length)
    {
        var (column, row) = ((int)(x / 2), (int)(y / 4));
        if (row < 0 || row >= rows || column < 0 || column + length > columns)
            return false;
        for (var i = 0; i < length; i++)
        {
            if (_glyphs[(row * columns) + column + i] != 0 || _dots[(row * columns) + column + i] != 0)
                return false;
        }
        return true;
    }

    public Paragraph ToParagraph()
    {
        var paragraph = new Paragraph { Overflow = Overflow.Crop };
        for (var row = 0; row < rows; row++)
        {
            for (var column = 0; column < columns; column++)
            {
                var cell = (row * columns) + column;
                var letter = _glyphs[cell] != 0 ? _glyphs[cell] : _dots[cell] != 0 ? (char)(0x2800 + _dots[cell]) : ' ';
                paragraph.Append(letter.ToString(), letter == ' ' ? Style.Plain : new Style(_colors[cell]));
            }
            if (row < rows - 1)
                paragraph.Append("\n");
        }
        return paragraph;
    }
}
