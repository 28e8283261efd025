namespace EdgeMas.Devices.Tests.Sysfs;

/// <summary>A folder that looks like a machine's root, as far as a test fills it.</summary>
internal sealed class SysTree : IDisposable
{
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("edgemas-devices-");

    internal string Root => _folder.FullName;

    internal SysTree With(string path, string text)
    {
        var file = Root + path;
        Directory.CreateDirectory(Path.GetDirectoryName(file)!);
        File.WriteAllText(file, text);
        return this;
    }

    public void Dispose() => _folder.Delete(recursive: true);
}
