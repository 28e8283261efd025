using Microsoft.Extensions.Logging;

namespace EdgeMas.Core.Agents;

internal static partial class CellLog
{
    [LoggerMessage(LogLevel.Debug, "Agent {Agent} is {State}")]
    internal static partial void Changed(ILogger logger, string agent, string state);

    [LoggerMessage(LogLevel.Error, "Agent {Agent} failed")]
    internal static partial void Failed(ILogger logger, string agent, Exception error);

    [LoggerMessage(LogLevel.Critical, "Nobody took the failure of agent {Agent}: the handler of the escalation threw")]
    internal static partial void EscalationFailed(ILogger logger, string agent, Exception error);

    [LoggerMessage(LogLevel.Warning, "Agent {Agent} did not end well")]
    internal static partial void DidNotEndWell(ILogger logger, string agent, Exception error);
}
