using YamlDotNet.Core;
using YamlDotNet.RepresentationModel;

namespace EdgeMas.Host.Configuration;

/// <summary>Reads a YAML file whose root is a mapping. The file is the owner's own, yet may be any file by mistake: its size and depth are bounded.</summary>
internal static class YamlFile
{
    private const int MaxCharacters = 1_000_000;

    /// <summary>Lists and mappings inside each other. YamlDotNet builds its tree by recursion, and a stack that overflows ends the process.</summary>
    private const int MaxDepth = 32;

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
            errors.ThrowIfAny();
            var text = ReadText(file, errors);
            RequireShallow(text);
            var stream = new YamlStream();
            stream.Load(new StringReader(text));
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

    /// <summary>Devices and pipes do not tell how long they are.</summary>
    private static string ReadText(FileInfo file, ErrorList errors)
    {
        using var reader = file.OpenText();
        var text = new char[MaxCharacters + 1];
        var length = reader.ReadBlock(text);
        if (length > MaxCharacters)
            errors.Add(0, 0, "", $"a configuration has at most {MaxCharacters:N0} characters: this file has more");
        errors.ThrowIfAny();
        return new string(text, 0, length);
    }

    private static void RequireShallow(string text)
    {
        var parser = new Parser(new StringReader(text));
        var depth = -2; // the stream and the document are no nesting
        while (parser.MoveNext())
        {
            depth += parser.Current!.NestingIncrease;
            if (depth > MaxDepth)
                throw new SemanticErrorException(parser.Current.Start, parser.Current.End, $"Lists and mappings nest deeper than {MaxDepth}.");
        }
    }
}
