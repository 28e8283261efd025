using System.Text.RegularExpressions;
using EdgeMas.Core.Messages;

namespace EdgeMas.Host.Serving;

/// <summary>What the headers say: <c>X-EdgeMas-Agent</c>, who asks; <c>X-EdgeMas-Priority</c>, how urgently; and those of <see cref="EngineFields"/>.</summary>
internal sealed partial record Caller(string Agent, MessagePriority Priority)
{
    /// <summary>As they were sent; null where not.</summary>
    public string? Adapter { get; private init; }

    public string? Overflow { get; private init; }

    public const string AgentHeader = "X-EdgeMas-Agent";
    public const string PriorityHeader = "X-EdgeMas-Priority";

    private const string Safety = "safety";

    /// <summary>Who sends no name.</summary>
    private const string Nobody = "http";

    public static Caller Of(HttpRequest request)
    {
        var agent = request.Headers[AgentHeader].ToString();
        if (agent.Length > 0 && !AgentName().IsMatch(agent))
            throw ApiException.Invalid($"{AgentHeader} must be 1 to 64 letters, digits and . _ - / :", AgentHeader, "invalid_value");
        var priority = request.Headers[PriorityHeader].ToString() switch
        {
            "" or "interactive" => MessagePriority.Interactive,
            Safety => MessagePriority.Safety,
            "background" => MessagePriority.Background,
            var other => throw ApiException.Invalid($"{PriorityHeader} is '{(other.Length > 40 ? other[..40] : other)}'; it must be safety, interactive or background", PriorityHeader, "invalid_value"),
        };
        return new Caller(agent.Length > 0 ? agent : Nobody, priority) { Adapter = Header(EngineFields.AdapterHeader), Overflow = Header(EngineFields.OverflowHeader) };

        string? Header(string name) => request.Headers[name].ToString() is { Length: > 0 } value ? value : null;
    }

    public static bool IsUrgent(HttpRequest request) => request.Headers[PriorityHeader] == Safety;

    [GeneratedRegex(@"^[A-Za-z0-9._/:-]{1,64}$", RegexOptions.NonBacktracking)]
    private static partial Regex AgentName();
}
