using Microsoft.Extensions.Logging;
using MQTTnet.Diagnostics.Logger;

namespace EdgeMas.Mqtt;

/// <summary>MQTTnet's own log, for developers: what matters to people is logged by our side, once, with its reason.</summary>
internal sealed partial class ServerLog(ILogger logger) : IMqttNetLogger
{
    public bool IsEnabled => logger.IsEnabled(LogLevel.Debug);

    public void Publish(MqttNetLogLevel logLevel, string source, string message, object[] parameters, Exception exception)
    {
        if (logLevel < MqttNetLogLevel.Warning || !IsEnabled)
            return;
        var text = parameters is { Length: > 0 } ? string.Format(System.Globalization.CultureInfo.InvariantCulture, message, parameters) : message;
        LogLibrary(logger, source, text, exception);
    }

    [LoggerMessage(LogLevel.Debug, "MQTTnet {Source}: {Text}")]
    private static partial void LogLibrary(ILogger logger, string source, string text, Exception? exception);
}
