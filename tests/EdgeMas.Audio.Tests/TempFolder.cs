namespace EdgeMas.Audio.Tests;

/// <summary>A folder that goes with its test.</summary>
internal sealed class TempFolder : IDisposable
{
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("edgemas-audio-");

    internal string File(string name) => Path.Combine(_folder.FullName, name);

    internal string Write(string name, byte[] content)
    {
        System.IO.File.WriteAllBytes(File(name), content);
        return File(name);
    }

    public void Dispose() => _folder.Delete(recursive: true);
}
