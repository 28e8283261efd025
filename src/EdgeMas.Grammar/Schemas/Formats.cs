using System.Collections.Concurrent;
using EdgeMas.Grammar.Automata;
using EdgeMas.Grammar.Patterns;

namespace EdgeMas.Grammar.Schemas;

/// <summary>
/// Languages of the standard's string formats. Sources: RFC 3339 (dates, times, durations in its appendix A), RFC 5321 (email), RFC 1123 (hostname), RFC 3986,
/// 3987 and 6570 (uri, iri, uri-template), RFC 4291 (ipv6), RFC 4122 (uuid), RFC 6901 (json-pointer).
/// </summary>
internal static class Formats
{
    private const string Date = @"(\d{4}-(0[13578]|1[02])-(0[1-9]|[12]\d|3[01])|\d{4}-(0[469]|11)-(0[1-9]|[12]\d|30)|\d{4}-02-(0[1-9]|1\d|2[0-8])|(\d{2}(0[48]|[2468][048]|[13579][26])|([02468][048]|[13579][26])00)-02-29)";
    private const string Octet = @"(25[0-5]|2[0-4]\d|1\d\d|[1-9]?\d)";
    private const string Ipv4 = $@"{Octet}(\.{Octet}){{3}}";
    private const string H16 = "[0-9A-Fa-f]{1,4}";
    private const string Ls32 = $"({H16}:{H16}|{Ipv4})";
    internal const string Ipv6 =
        $"(({H16}:){{6}}{Ls32}|::({H16}:){{5}}{Ls32}|({H16})?::({H16}:){{4}}{Ls32}|(({H16}:)?{H16})?::({H16}:){{3}}{Ls32}|(({H16}:){{0,2}}{H16})?::({H16}:){{2}}{Ls32}"
        + $"|(({H16}:){{0,3}}{H16})?::{H16}:{Ls32}|(({H16}:){{0,4}}{H16})?::{Ls32}|(({H16}:){{0,5}}{H16})?::{H16}|(({H16}:){{0,6}}{H16})?::)";

    private const string Label = "[A-Za-z0-9]([A-Za-z0-9-]{0,61}[A-Za-z0-9])?";
    private const string Atom = @"[A-Za-z0-9!#$%&'*+/=?^_`{|}~-]+";
    private const string Pointer = "(/([^~/]|~[01])*)*";

    private static readonly ConcurrentDictionary<string, Dfa> Languages = new(StringComparer.Ordinal);

    /// <returns>The strings of a format; null for a name that the standard does not define, which is a remark.</returns>
    /// <exception cref="SchemaException">The standard defines it, and it is not supported.</exception>
    internal static Dfa? Find(Subschema schema, string format) => format switch
    {
        "date-time" or "date" or "time" or "duration" or "email" or "uuid" or "uri" or "uri-reference" or "iri" or "iri-reference" or "uri-template" or "ipv4" or "ipv6" or "hostname" or "json-pointer" or "relative-json-pointer"
            => Languages.GetOrAdd(format, Build),
        "idn-email" or "idn-hostname" or "regex" => throw schema.Refuse("format", $"'{format}' is not supported"),
        _ => null,
    };

    private static Dfa Build(string format) => format switch
    {
        "date" => PatternLanguage.Whole(Date),
        "time" => ClockTimes.Build(),
        "date-time" => PatternLanguage.Joined($"{Date}[Tt]", ClockTimes.Build()),
        "duration" => PatternLanguage.Whole(
            @"P((\d+D|\d+M(\d+D)?|\d+Y(\d+M(\d+D)?)?)(T(\d+H(\d+M(\d+S)?)?|\d+M(\d+S)?|\d+S))?|T(\d+H(\d+M(\d+S)?)?|\d+M(\d+S)?|\d+S)|\d+W)"),
        "email" => PatternLanguage.Whole($@"({Atom}(\.{Atom})*|""([\x20!\x23-\x5b\x5d-\x7e]|\\[\x20-\x7e])*"")@({Label}(\.{Label})*|\[({Ipv4}|[Ii][Pp][Vv]6:{Ipv6})\])"),
        "uuid" => PatternLanguage.Whole("[0-9A-Fa-f]{8}-[0-9A-Fa-f]{4}-[0-9A-Fa-f]{4}-[0-9A-Fa-f]{4}-[0-9A-Fa-f]{12}"),
        "uri" => PatternLanguage.Whole(UriPatterns.Uri.Absolute),
        "uri-reference" => PatternLanguage.Whole(UriPatterns.Uri.Reference),
        "iri" => PatternLanguage.Whole(UriPatterns.Iri.Absolute),
        "iri-reference" => PatternLanguage.Whole(UriPatterns.Iri.Reference),
        "uri-template" => PatternLanguage.Whole(UriPatterns.Template),
        "ipv4" => PatternLanguage.Whole(Ipv4),
        "ipv6" => PatternLanguage.Whole(Ipv6),
        "hostname" => HostNames.Build(),
        "json-pointer" => PatternLanguage.Whole(Pointer),
        _ => PatternLanguage.Whole($"(0|[1-9][0-9]*)(#|{Pointer})"),
    };
}
