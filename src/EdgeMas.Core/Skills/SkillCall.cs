using System.Text.Json;
using EdgeMas.Core.Messages;

namespace EdgeMas.Core.Skills;

/// <summary>One invocation as the skill sees it.</summary>
/// <param name="CallId">The request message's id.</param>
/// <param name="Arguments">A JSON object already checked against the skill's schema.</param>
/// <param name="Mission">The mission it belongs to, or null when an agent asked for it outside one.</param>
/// <param name="Taint">Where the order came from.</param>
/// <param name="Progress">Takes reports while the call runs; may be called from the skill's own thread at up to 10 Hz.</param>
public sealed record SkillCall(string CallId, JsonElement Arguments, string? Mission, Taint Taint, IProgress<SkillProgress> Progress);
