using EdgeMas.Host.Story;
using EdgeMas.Simulation.Description;
using Spectre.Console;
using Spectre.Console.Rendering;

namespace EdgeMas.Host.Terminal;

/// <summary>Puts the live view together: a header, the yard beside the order with its plan and the numbers, the latest events, and the prompt.</summary>
internal sealed class Dashboard(WorldDescription world, EnvelopeFigures envelope)
{
    private const int NarrowBelow = 100;
    private const int LowBelow = 30;

    private readonly YardMap _map = new(world);
    private readonly TrafficRates _rates = new();

    /// <summary>Composes one frame. Takes the story's gate.</summary>
    public IRenderable Compose(RobotStory story, RunFigures figures, string typed, string hint, int columns, int rows, TimeSpan now)
    {
        _rates.Take(figures, now);
        lock (story.Gate)
        {
            var isLow = rows < LowBelow;
            var logRows = isLow ? 4 : Math.Clamp(rows / 5, 6, 10);
            var bodyRows = rows - logRows - 4;
            var mapColumns = Math.Clamp((int)(columns * (columns < NarrowBelow ? 0.46 : 0.54)), 20, 110);
            var numbersRows = isLow ? 5 : 9;
            var body = new Grid { Expand = true }.AddColumn(Fixed(mapColumns)).AddColumn(Fixed(columns - mapColumns));
            body.AddRow(
                Framed("yard", _map.Draw(story, mapColumns - 4, bodyRows - 2), bodyRows),
                new Rows(
                    Framed(MissionTitle(story), new MissionPanel(story, columns - mapColumns - 4, bodyRows - numbersRows - 2).Draw(), bodyRows - numbersRows),
                    Framed("numbers", new NumbersPanel(story, figures, _rates, envelope, columns - mapColumns - 4, isCompact: isLow || columns < NarrowBelow).Draw(), numbersRows)));
            return new Rows(
                Header(story, figures, columns),
                body,
                LogLines(story, columns, logRows),
                Rule(columns),
                Prompt(typed, hint, columns));
        }
    }

    private static GridColumn Fixed(int width) => new GridColumn { Width = width, NoWrap = true }.Padding(0, 0);

    private static Panel Framed(string title, IRenderable content, int rows) => new Panel(content)
    {
        Header = new PanelHeader($" [rgb(112,118,128)]{Markup.Escape(title)}[/] "),
        Border = BoxBorder.Rounded,
        BorderStyle = new Style(Palette.Faint),
        Expand = true,
        Height = Math.Max(3, rows),
        Padding = new Padding(1, 0),
    };

    private static string MissionTitle(RobotStory story) => story.Missions.Count switch { 0 => "order", var count => $"order {count}" };

    private static Paragraph Header(RobotStory story, RunFigures figures, int columns)
    {
        var left = new (string Text, Style Style)[]
        {
            (" EdgeMas ", new Style(Color.Black, Palette.Accent, Decoration.Bold)),
            ($"  {figures.Robot}", new Style(Palette.Plain, decoration: Decoration.Bold)),
            ($"   model {figures.Model}", new Style(Palette.Quiet)),
            ($"   {figures.Clock} {figures.World:m\\:ss}", new Style(Palette.Quiet)),
        };
        var stopped = story.Motion is { EStop: true };
        var right = new (string Text, Style Style)[]
        {
            (stopped ? " STOPPED " : "", new Style(Color.White, Palette.Bad, Decoration.Bold)),
            ($"  {figures.Broker} ", new Style(Palette.Quiet)),
            (figures.BrokerConnected ? "●" : "○", new Style(figures.BrokerConnected ? Palette.Good : Palette.Warn)),
            (" ", Style.Plain),
        };
        var space = columns - left.Sum(part => part.Text.Length) - right.Sum(part => part.Text.Length);
        if (space < 1)
            (right[1].Text, space) = ("  broker ", columns - left.Sum(part => part.Text.Length) - right.Sum(part => part.Text.Length) + right[1].Text.Length - "  broker ".Length);
        var line = new Paragraph { Overflow = Overflow.Crop };
        foreach (var (text, style) in left)
            line.Append(text, style);
        line.Append(new string(' ', Math.Max(1, space)));
        foreach (var (text, style) in right)
            line.Append(text, style);
        return line;
    }

    private static Paragraph LogLines(RobotStory story, int columns, int rows)
    {
        var log = new Paragraph { Overflow = Overflow.Crop };
        var lines = story.Lines.Skip(Math.Max(0, story.Lines.Count - rows)).ToArray();
        for (var i = 0; i < rows; i++)
        {
            if (i < lines.Length)
            {
                log.Append($" {lines[i].Time:mm\\:ss\\.f}  ", new Style(Palette.Faint));
                log.Append(Shorten(lines[i].Text, columns - 12), new Style(Palette.Of(lines[i].Kind)));
            }
            log.Append("\n");
        }
        return log;
    }

    private static Paragraph Rule(int columns) => new(new string('─', columns), new Style(Palette.Faint));

    private static Paragraph Prompt(string typed, string hint, int columns)
    {
        var line = new Paragraph(" › ", new Style(Palette.Accent, decoration: Decoration.Bold)) { Overflow = Overflow.Crop };
        var room = columns - 6;
        var shown = typed.Length > room ? string.Concat("…", typed.AsSpan(typed.Length - room + 1)) : typed;
        line.Append(shown, new Style(Palette.Plain));
        line.Append("▏", new Style(Palette.Accent));
        if (typed.Length == 0)
            line.Append(" " + Shorten(hint, columns - 8), new Style(Palette.Faint));
        return line;
    }

    internal static string Shorten(string text, int length) =>
        length <= 1 ? "" : text.Length <= length ? text : string.Concat(text.AsSpan(0, length - 1), "…");
}
