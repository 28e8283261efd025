using EdgeMas.Host.Configuration;

namespace EdgeMas.Host.Checkup;

/// <summary>What is checked: this machine, for one robot where its configuration is given.</summary>
/// <param name="File">Null where none was named.</param>
/// <param name="Configuration">Null where none was named or it cannot be used.</param>
/// <param name="Errors">What is wrong in the file.</param>
internal sealed record Patient(string? File, RobotConfiguration? Configuration, IReadOnlyList<ConfigurationError> Errors)
{
    public static Patient Read(string? file)
    {
        if (file is null)
            return new Patient(null, null, []);
        try
        {
            return new Patient(file, ConfigurationReader.Read(file), []);
        }
        catch (ConfigurationException error)
        {
            return new Patient(file, null, error.Errors);
        }
    }

    /// <summary>False where no configuration says so: a machine by itself needs little.</summary>
    public bool Needs(Func<RobotConfiguration, bool> question) => Configuration is not null && question(Configuration);

    public bool HasAgent(string name) => Needs(configuration => configuration.Agents[name].Enabled);
}
