using YamlDotNet.RepresentationModel;

namespace EdgeMas.Host.Configuration;

/// <summary>Collects what is wrong in one file. One thread.</summary>
internal sealed class ErrorList(string file)
{
    /// <summary>A file that is wrong from end to end is told about in so many lines.</summary>
    private const int MaxErrors = 20;

    private readonly List<ConfigurationError> _errors = [];

    public void Add(YamlNode where, string key, string problem) => Add(where.Start.Line, where.Start.Column, key, problem);

    public void Add(long line, long column, string key, string problem)
    {
        if (_errors.Count < MaxErrors)
            _errors.Add(new ConfigurationError(file, line, column, key, problem));
    }

    /// <exception cref="ConfigurationException">Something was noted.</exception>
    public void ThrowIfAny()
    {
        if (_errors.Count > 0)
            throw new ConfigurationException([.. _errors.OrderBy(error => error.Line).ThenBy(error => error.Column)]);
    }
}
