using EdgeMas.Core.Missions;

namespace EdgeMas.Host.Robot;

/// <param name="Mission">Null where the order did not become one.</param>
/// <param name="Answer">Then, why not.</param>
internal sealed record OrderEnd(Mission? Mission, string? Answer);
