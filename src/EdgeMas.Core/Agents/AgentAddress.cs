namespace EdgeMas.Core.Agents;

/// <summary>The <c>source</c> attribute of an agent's messages: <c>/agents/{name}</c>.</summary>
internal static class AgentAddress
{
    private const string Prefix = "/agents/";

    internal static string SourceOf(string agent) => Prefix + agent;

    /// <summary>The agent that sent a message; null when it was no agent of this robot, or the source is malformed.</summary>
    internal static string? AgentOf(string source)
    {
        if (!source.StartsWith(Prefix, StringComparison.Ordinal) || source.Length == Prefix.Length)
            return null;
        return source.AsSpan(Prefix.Length).IndexOfAny("/+#\0") < 0 ? source[Prefix.Length..] : null;
    }
}
