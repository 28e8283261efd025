using System.Globalization;
using System.Security;
using System.Text;

namespace EdgeMas.Host.Bench;

/// <summary>
/// Draws a timeline as SVG: time to the right, a row for each request, and above them how full each batch was. The colours have the same lightness, and the
/// ground is none, so that it reads on white and on black.
/// </summary>
internal static class TimelinePicture
{
    private const int Width = 960;
    private const int Left = 158;
    private const int Right = 16;
    private const int Top = 46;
    private const int BatchHeight = 44;
    private const int RowHeight = 38;
    private const int BarHeight = 16;
    private const int Axis = 26;

    private const string Ink = "#7d8590";
    private const string Prompt = "#3b82f6";
    private const string Output = "#22a06b";
    private const string Aborted = "#e5484d";
    private const string Reused = "#a371f7";

    public static string Draw(EngineTimeline timeline)
    {
        var rows = Top + BatchHeight + 18;
        var bottom = rows + (timeline.Requests.Count * RowHeight);
        var svg = new StringBuilder();
        Add(svg, $"""<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {Width} {bottom + Axis}" width="{Width}" height="{bottom + Axis}" font-family="system-ui, sans-serif" font-size="12" fill="{Ink}">""");
        Add(svg, $"""<title>Batches of {Escape(timeline.Model)}</title>""");
        Add(svg, $"""<defs><pattern id="aborted" width="5" height="5" patternUnits="userSpaceOnUse" patternTransform="rotate(45)"><rect width="2.5" height="5" fill="{Aborted}"/></pattern></defs>""");
        DrawLegend(svg);
        DrawAxis(svg, timeline.Seconds, bottom);
        DrawBatches(svg, timeline);
        for (var i = 0; i < timeline.Requests.Count; i++)
            DrawRow(svg, timeline, timeline.Requests[i], rows + (i * RowHeight));
        svg.AppendLine("</svg>");
        return svg.ToString();
    }

    private static void DrawLegend(StringBuilder svg)
    {
        var x = (double)Left;
        foreach (var (fill, outline, text) in new[]
        {
            (Prompt, Prompt, "prompt computed"), (Output, Output, "output"), ("url(#aborted)", Aborted, "batch given up for an urgent request"), (Reused, Reused, "prompt reused"),
        })
        {
            Add(svg, $"""<rect x="{x:0.#}" y="10" width="14" height="12" fill="{fill}" stroke="{outline}"/><text x="{x + 20:0.#}" y="20">{text}</text>""");
            x += 44 + (text.Length * 6.3);
        }
        Add(svg, $"""<line x1="{x:0.#}" x2="{x + 20:0.#}" y1="16" y2="16" stroke="{Ink}" stroke-dasharray="2 3"/><text x="{x + 26:0.#}" y="20">waits</text>""");
    }

    private static void DrawAxis(StringBuilder svg, double seconds, int bottom)
    {
        var step = new[] { 0.01, 0.02, 0.05, 0.1, 0.2, 0.5, 1, 2, 5, 10, 20, 50, 100 }.First(each => seconds / each <= 12 || each >= 100);
        for (var i = 0; i * step <= seconds; i++)
        {
            var x = X(i * step, seconds);
            Add(svg, $"""<line x1="{x:0.#}" x2="{x:0.#}" y1="{Top}" y2="{bottom}" stroke="{Ink}" stroke-opacity="0.25"/><text x="{x:0.#}" y="{bottom + 16}" text-anchor="middle">{i * step:0.##} s</text>""");
        }
    }

    private static void DrawBatches(StringBuilder svg, EngineTimeline timeline)
    {
        var most = Math.Max(1, timeline.Batches.Max(batch => batch.Tokens));
        Add(svg, $"""<text x="{Left - 10}" y="{Top + BatchHeight - 14}" text-anchor="end">tokens in a batch</text><text x="{Left - 10}" y="{Top + BatchHeight}" text-anchor="end" font-size="10">up to {most}</text>""");
        foreach (var batch in timeline.Batches)
        {
            var height = Math.Max(1.5, BatchHeight * batch.Tokens / (double)most);
            var (fill, outline) = batch.Aborted ? ("url(#aborted)", Aborted) : (Ink, Ink);
            Add(svg, $"""<rect x="{X(batch.Began, timeline.Seconds):0.##}" y="{Top + BatchHeight - height:0.##}" width="{WidthOf(batch, timeline.Seconds):0.##}" height="{height:0.##}" fill="{fill}" fill-opacity="0.7" stroke="{outline}" stroke-width="0.5"><title>{Told(batch)}</title></rect>""");
        }
    }

    private static void DrawRow(StringBuilder svg, EngineTimeline timeline, EngineTimeline.Request request, int y)
    {
        var bar = y + 14;
        var middle = bar + (BarHeight / 2);
        Add(svg, $"""<text x="{Left - 10}" y="{bar + 8}" text-anchor="end" font-weight="600">{Escape(request.Agent)}</text><text x="{Left - 10}" y="{bar + 20}" text-anchor="end" font-size="10">{Escape(request.Priority)}</text>""");
        Add(svg, $"""<line x1="{X(request.Asked, timeline.Seconds):0.##}" x2="{X(request.Ended, timeline.Seconds):0.##}" y1="{middle}" y2="{middle}" stroke="{Ink}" stroke-dasharray="2 3"/>""");
        var begun = false;
        foreach (var batch in timeline.Batches)
        {
            foreach (var part in batch.Parts.Where(part => part.Agent == request.Agent))
            {
                if (!begun && request.Reused > 0)
                    DrawReuse(svg, X(batch.Began, timeline.Seconds), bar, request.Reused);
                begun = true;
                if (batch.Aborted)
                    Add(svg, $"""<text x="{X(batch.Began, timeline.Seconds):0.##}" y="{bar - 5}" font-size="10" fill="{Aborted}">given up</text>""");
                var (fill, outline) = batch.Aborted ? ("url(#aborted)", Aborted) : part.IsOutput ? (Output, Output) : (Prompt, Prompt);
                Add(svg, $"""<rect x="{X(batch.Began, timeline.Seconds):0.##}" y="{bar}" width="{WidthOf(batch, timeline.Seconds):0.##}" height="{BarHeight}" fill="{fill}" stroke="{outline}" stroke-width="0.5"><title>{Escape(request.Agent)}: tokens {part.From} to {part.From + part.Tokens} in a {Told(batch)}</title></rect>""");
            }
        }
    }

    /// <summary>Tokens that cost no time: a mark before the first batch.</summary>
    private static void DrawReuse(StringBuilder svg, double x, int bar, int tokens) =>
        Add(svg, $"""<rect x="{x - 6:0.##}" y="{bar - 3}" width="6" height="{BarHeight + 6}" rx="1.5" fill="{Reused}"/><text x="{x - 6:0.##}" y="{bar - 5}" font-size="10" fill="{Reused}">{tokens} reused</text>""");

    private static string Told(EngineTimeline.Batch batch) =>
        string.Create(CultureInfo.InvariantCulture, $"batch of {batch.Tokens} tokens of {batch.Parts.Count} agents, {batch.Seconds * 1000:0.#} ms{(batch.Aborted ? ", given up" : "")}");

    private static double X(double seconds, double whole) => Left + (seconds / whole * (Width - Left - Right));

    private static double WidthOf(EngineTimeline.Batch batch, double whole) => Math.Max(batch.Aborted ? 3 : 0.75, batch.Seconds / whole * (Width - Left - Right));

    private static string Escape(string text) => SecurityElement.Escape(text);

    private static void Add(StringBuilder svg, FormattableString line) => svg.AppendLine(line.ToString(CultureInfo.InvariantCulture));
}
