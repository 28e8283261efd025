using System.Text;
using Spectre.Console;
using Spectre.Console.Rendering;

namespace EdgeMas.Host.Terminal;

/// <summary>
/// The terminal's alternate screen. Each frame is rendered off screen and only lines that changed are written, in one piece, so nothing flickers.
/// One thread; the screen before is back after disposal.
/// </summary>
internal sealed class Screen : IDisposable
{
    private const string Enter = "\x1b[?1049h\x1b[?25l\x1b[2J";
    private const string Leave = "\x1b[?25h\x1b[?1049l";

    private readonly TextWriter _out;
    private readonly ColorSystemSupport _colors;
    private string[] _shown = [];
    private bool _left;

    public Screen(TextWriter output)
    {
        _out = output;
        _colors = Environment.GetEnvironmentVariable("NO_COLOR") is { Length: > 0 } ? ColorSystemSupport.NoColors
            : Environment.GetEnvironmentVariable("COLORTERM") is "truecolor" or "24bit" ? ColorSystemSupport.TrueColor
            : ColorSystemSupport.EightBit;
        _out.Write(Enter);
        _out.Flush();
    }

    public static (int Columns, int Rows) Size
    {
        get
        {
            try
            {
                return (Math.Max(20, Console.WindowWidth), Math.Max(8, Console.WindowHeight));
            }
            catch (IOException)
            {
                return (80, 24); // the terminal does not tell its size
            }
        }
    }

    public void Show(IRenderable view, int columns, int rows)
    {
        var lines = Render(view, columns, rows, _colors);
        var output = new StringBuilder();
        for (var row = 0; row < lines.Length; row++)
        {
            if (row < _shown.Length && _shown.Length == lines.Length && _shown[row] == lines[row])
                continue;
            output.Append("\x1b[").Append(row + 1).Append(";1H\x1b[0m").Append(lines[row]).Append("\x1b[0m\x1b[K");
        }
        if (lines.Length != _shown.Length)
            output.Append("\x1b[J");
        _shown = lines;
        _out.Write(output.ToString());
        _out.Flush();
    }

    /// <summary>Everything is written anew with the next frame: another size, or something else wrote to the terminal.</summary>
    public void Forget() => _shown = [];

    public void Dispose()
    {
        if (_left)
            return;
        _left = true;
        _out.Write(Leave);
        _out.Flush();
    }

    internal static string[] Render(IRenderable view, int columns, int rows, ColorSystemSupport colors)
    {
        using var writer = new StringWriter();
        var console = AnsiConsole.Create(new AnsiConsoleSettings
        {
            Ansi = AnsiSupport.Yes,
            ColorSystem = colors,
            Interactive = InteractionSupport.No,
            Out = new FixedOutput(writer, columns, rows),
        });
        console.Write(view);
        var lines = writer.ToString().TrimEnd('\n').Split('\n');
        return lines.Length > rows ? lines[..rows] : lines;
    }

    private sealed class FixedOutput(TextWriter writer, int columns, int rows) : IAnsiConsoleOutput
    {
        public TextWriter Writer => writer;

        public bool IsTerminal => true;

        public int Width => columns;

        public int Height => rows;

        public void SetEncoding(Encoding encoding)
        {
            // text goes to a string first
        }
    }
}
