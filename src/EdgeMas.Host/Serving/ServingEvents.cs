using Microsoft.Extensions.Logging;

namespace EdgeMas.Host.Serving;

/// <summary>What is logged.</summary>
internal static partial class ServingEvents
{
    [LoggerMessage(LogLevel.Error, "{Path}: the request failed")]
    internal static partial void Failed(ILogger logger, Exception exception, string path);
}
