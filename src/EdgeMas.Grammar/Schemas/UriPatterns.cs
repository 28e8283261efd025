namespace EdgeMas.Grammar.Schemas;

/// <summary>Patterns of URIs and of what is made after them. Sources: RFC 3986 appendix A, RFC 3987 section 2.2 (IRIs), RFC 6570 section 2 (templates).</summary>
internal sealed class UriPatterns
{
    private const string Escaped = "%[0-9A-Fa-f]{2}";

    /// <summary>Members of a class: RFC 3987's ucschar and iprivate.</summary>
    private const string Letters =
        @"\u{A0}-\u{D7FF}\u{F900}-\u{FDCF}\u{FDF0}-\u{FFEF}\u{10000}-\u{1FFFD}\u{20000}-\u{2FFFD}\u{30000}-\u{3FFFD}\u{40000}-\u{4FFFD}\u{50000}-\u{5FFFD}\u{60000}-\u{6FFFD}"
        + @"\u{70000}-\u{7FFFD}\u{80000}-\u{8FFFD}\u{90000}-\u{9FFFD}\u{A0000}-\u{AFFFD}\u{B0000}-\u{BFFFD}\u{C0000}-\u{CFFFD}\u{D0000}-\u{DFFFD}\u{E1000}-\u{EFFFD}";
    private const string Private = @"\u{E000}-\u{F8FF}\u{F0000}-\u{FFFFD}\u{100000}-\u{10FFFD}";

    private const string TemplateLiteral = $@"([!#$&(-;=?-\[\]_a-z~{Letters}{Private}]|{Escaped})";
    private const string VariableCharacter = $"([A-Za-z0-9_]|{Escaped})";
    private const string Variable = $@"{VariableCharacter}(\.?{VariableCharacter})*(:[1-9][0-9]{{0,3}}|\*)?";

    private UriPatterns(string letters, string inQueries)
    {
        var name = $@"([A-Za-z0-9._~!$&'()*+,;={letters}-]|{Escaped})*";
        var user = $@"([A-Za-z0-9._~!$&'()*+,;=:{letters}-]|{Escaped})*";
        var character = $@"([A-Za-z0-9._~!$&'()*+,;=:@{letters}-]|{Escaped})";
        var authority = $@"({user}@)?(\[({Formats.Ipv6}|[vV][0-9A-Fa-f]+\.[A-Za-z0-9._~!$&'()*+,;=:-]+)\]|{name})(:\d*)?";
        var query = $@"(\?({character}|[/?{inQueries}])*)?(#({character}|[/?])*)?";
        var path = $"(/{character}*)*";
        var rooted = $"//{authority}{path}|/({character}+{path})?";
        var scheme = $"[A-Za-z][A-Za-z0-9+.-]*:({rooted}|{character}+{path})?";
        Absolute = $"{scheme}{query}";
        Reference = $@"({scheme}|{rooted}|([A-Za-z0-9._~!$&'()*+,;=@{letters}-]|{Escaped})+{path})?{query}";
    }

    internal static UriPatterns Uri { get; } = new("", "");

    internal static UriPatterns Iri { get; } = new(Letters, Private);

    internal static string Template { get; } = $@"({TemplateLiteral}|\{{[+#./;?&=,!@|]?{Variable}(,{Variable})*\}})*";

    internal string Absolute { get; }

    internal string Reference { get; }
}
