using System.Globalization;
using System.Xml.Linq;

namespace EdgeMas.Host.Hil;

/// <summary>Results in the form that build servers read.</summary>
internal static class JUnitFile
{
    public static void Write(string path, IReadOnlyList<HilResult> results, double seconds)
    {
        var root = new XElement("testsuites", new XAttribute("name", "edgemas hil"), Counts(results), Time(seconds));
        foreach (var suite in results.GroupBy(result => result.Suite, StringComparer.Ordinal))
        {
            HilResult[] cases = [.. suite];
            root.Add(new XElement("testsuite", new XAttribute("name", suite.Key), Counts(cases), Time(cases.Sum(result => result.Seconds)), cases.Select(Case)));
        }
        new XDocument(root).Save(path);
    }

    private static XElement Case(HilResult result) => new(
        "testcase",
        new XAttribute("classname", result.Suite),
        new XAttribute("name", result.Case),
        Time(result.Seconds),
        result.Outcome switch
        {
            HilResult.Failed => new XElement("failure", new XAttribute("message", Readable(result.Message).Split('\n')[0]), Readable(result.Message)),
            HilResult.Skipped => new XElement("skipped", new XAttribute("message", Readable(result.Message))),
            _ => null,
        });

    private static XAttribute[] Counts(IReadOnlyList<HilResult> results) =>
    [
        new("tests", results.Count),
        new("failures", results.Count(result => result.IsFailure)),
        new("skipped", results.Count(result => result.Outcome == HilResult.Skipped)),
    ];

    private static XAttribute Time(double seconds) => new("time", seconds.ToString("F3", CultureInfo.InvariantCulture));

    /// <summary>What XML cannot hold, such as a zero byte of a chip's answer, becomes a question mark.</summary>
    private static string Readable(string? text) => string.Concat((text ?? "").Select(letter => System.Xml.XmlConvert.IsXmlChar(letter) ? letter : '?'));
}
