namespace EdgeMas.EndToEnd.Program;

/// <summary>The rover's configuration with some of its lines changed, in a file that goes when this is disposed.</summary>
internal sealed class RobotFile : IDisposable
{
    internal RobotFile(params (string Old, string New)[] changes)
    {
        var text = File.ReadAllText(RobotRun.Configuration);
        foreach (var (old, changed) in changes)
        {
            Assert.Contains(old, text, StringComparison.Ordinal);
            text = text.Replace(old, changed, StringComparison.Ordinal);
        }
        Name = Path.Combine(Directory.CreateTempSubdirectory("edgemas-e2e-").FullName, "robot.yaml");
        File.WriteAllText(Name, text);
    }

    internal string Name { get; }

    public void Dispose() => Directory.Delete(Path.GetDirectoryName(Name)!, recursive: true);
}
