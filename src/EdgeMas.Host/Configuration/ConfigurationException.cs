namespace EdgeMas.Host.Configuration;

/// <summary>A configuration file cannot be used. The message has one line per error.</summary>
internal sealed class ConfigurationException(IReadOnlyList<ConfigurationError> errors) : Exception(string.Join(Environment.NewLine, errors))
{
    public IReadOnlyList<ConfigurationError> Errors { get; } = errors;
}
