using YamlDotNet.Core;
using YamlDotNet.RepresentationModel;

namespace EdgeMas.Host.Configuration;

/// <summary>Reads a YAML file whose root is a mapping. The file is the owner's own, yet may be any file by mistake: its size is bounded.</summary>
internal static class YamlFile
{
    private const int MaxBytes = 1_000_000;

    /// <exception cref="ConfigurationException">No such file, too large, not YAML, or anything that <paramref name="read"/> noted.</exception>
    public static T Read<T>(string path, Func<Section, ErrorList, T> read)
    {
        var errors = new ErrorList(path);
        var root = Load(path, errors);
        var result = read(new Section(root, "", errors), errors);
        errors.ThrowIfAny();
        return result;
    }

    private static YamlMappingNode Load(string path, ErrorList errors)
    {
        try
        {
            var file = new FileInfo(path);
            if (!file.Exists)
                errors.Add(0, 0, "", Directory.Exists(path) ? "is a folder: name the YAML file in it" : "no such file: check the path, or begin with a copy of configs/rover-sim.yaml");
            else if (file.Length > MaxBytes)
                errors.Add(0, 0, "", $"{file.Length:N0} bytes: a configuration has at most {MaxBytes:N0}");
            errors.ThrowIfAny();
            using var reader = file.OpenText();
            var stream = new YamlStream();
            stream.Load(reader);
            if (stream.Documents is [{ RootNode: YamlMappingNode root }, ..])
                return root;
            errors.Add(1, 1, "", "expected keys and values, such as 'robot: rover'");
        }
        catch (YamlException error)
        {
            errors.Add(error.Start.Line, error.Start.Column, "", $"not YAML: {error.Message.ReplaceLineEndings(" ")}");
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            errors.Add(0, 0, "", $"cannot be read: {error.Message}");
        }
        errors.ThrowIfAny();
        return [];
    }
}
