using System.Globalization;
using System.Net;
using System.Text;

namespace EdgeMas.Host.Hil;

/// <summary>Results for people: one page without anything from outside, with a picture of what went over the wires of each case.</summary>
internal static class HtmlReport
{
    private const int WidthPx = 900;
    private const int RowPx = 34;
    private const int LabelPx = 110;

    private const string Style = """
        body{font:15px/1.45 system-ui,sans-serif;margin:2rem auto;max-width:68rem;padding:0 1rem;color:#1c2430;background:#fff}
        h2{margin:2rem 0 .4rem;font-size:1.1rem}details{border-top:1px solid #d8dde5;padding:.4rem 0}summary{cursor:pointer}
        .passed{color:#176b37}.failed{color:#b3261e;font-weight:600}.skipped{color:#7a5b00}pre{white-space:pre-wrap;background:#f5f6f8;padding:.6rem}
        svg{display:block;margin:.4rem 0;max-width:100%;height:auto}svg text{font:12px system-ui,sans-serif;fill:#1c2430}
        @media(prefers-color-scheme:dark){body{color:#e3e7ee;background:#14181f}svg text{fill:#e3e7ee}pre{background:#1e242e}details{border-color:#38404d}.passed{color:#6fce91}.failed{color:#ff8a80}}
        """;

    public static void Write(string path, IReadOnlyList<HilResult> results, double seconds)
    {
        var page = new StringBuilder("<!doctype html><html lang=\"en\"><meta charset=\"utf-8\"><meta name=\"viewport\" content=\"width=device-width\"><title>edgemas hil</title><style>")
            .Append(Style).Append("</style><h1>Hardware in the loop</h1><p>")
            .Append(CultureInfo.InvariantCulture, $"{results.Count(result => result.Outcome == HilResult.Passed)} passed, {results.Count(result => result.IsFailure)} failed, ")
            .Append(CultureInfo.InvariantCulture, $"{results.Count(result => result.Outcome == HilResult.Skipped)} skipped in {seconds:0.0} s</p>");
        foreach (var suite in results.GroupBy(result => result.Suite, StringComparer.Ordinal))
        {
            page.Append("<h2>").Append(Text(suite.Key)).Append("</h2>");
            foreach (var result in suite)
                Add(page, result);
        }
        File.WriteAllText(path, page.Append("</html>\n").ToString());
    }

    private static void Add(StringBuilder page, HilResult result)
    {
        page.Append(result.IsFailure ? "<details open>" : "<details>").Append("<summary><span class=\"").Append(Text(result.Outcome)).Append("\">").Append(Text(result.Outcome))
            .Append("</span> ").Append(Text(result.Case)).Append(CultureInfo.InvariantCulture, $" <small>{result.Seconds:0.00} s</small></summary>");
        if (result.Note is not null)
            page.Append("<p>").Append(Text(result.Note)).Append("</p>");
        if (result.Message is not null)
            page.Append("<pre>").Append(Text(result.Message)).Append("</pre>");
        if (result.Waves is { Count: > 0 } waves)
            Draw(page, waves, result.Seconds * 1000);
        page.Append("</details>");
    }

    /// <summary>One row a wire, time to the right, as steps.</summary>
    private static void Draw(StringBuilder page, IReadOnlyList<HilWave> waves, double milliseconds)
    {
        var last = Math.Max(milliseconds, waves.Max(wave => wave.Milliseconds[^1]));
        var height = (waves.Count * RowPx) + 20;
        page.Append(CultureInfo.InvariantCulture, $"<svg role=\"img\" aria-label=\"waveforms\" viewBox=\"0 0 {WidthPx} {height}\" width=\"{WidthPx}\" height=\"{height}\">");
        for (var row = 0; row < waves.Count; row++)
        {
            var bottom = ((row + 1) * RowPx) - 4;
            page.Append(CultureInfo.InvariantCulture, $"<text x=\"0\" y=\"{bottom - 6}\">").Append(Text(waves[row].Name)).Append("</text><path fill=\"none\" stroke=\"#2f6fde\" stroke-width=\"1.3\" d=\"");
            for (var i = 0; i < waves[row].Values.Count; i++)
            {
                var x = X(waves[row].Milliseconds[i], last);
                var y = bottom - (Math.Clamp(waves[row].Values[i], 0, 1) * (RowPx - 10));
                page.Append(CultureInfo.InvariantCulture, $"{(i == 0 ? "M" : "H")}{x:0.#}");
                page.Append(CultureInfo.InvariantCulture, $"{(i == 0 ? " " : "V")}{y:0.#}");
            }
            page.Append(CultureInfo.InvariantCulture, $"H{WidthPx}\"/>");
        }
        page.Append(CultureInfo.InvariantCulture, $"<text x=\"{LabelPx}\" y=\"{height - 4}\">0</text><text x=\"{WidthPx}\" y=\"{height - 4}\" text-anchor=\"end\">{last:0} ms</text></svg>");
    }

    private static double X(double at, double last) => LabelPx + (Math.Max(0, at) / Math.Max(last, 1e-3) * (WidthPx - LabelPx));

    private static string Text(string text) => WebUtility.HtmlEncode(string.Concat(text.Select(letter => char.IsControl(letter) && letter is not ('\n' or '\t') ? '?' : letter)));
}
