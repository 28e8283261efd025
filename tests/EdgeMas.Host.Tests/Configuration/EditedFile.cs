using EdgeMas.Host.Configuration;

namespace EdgeMas.Host.Tests.Configuration;

/// <summary>A robot's shipped file with some of its texts changed.</summary>
internal sealed class EditedFile(string shipped) : IDisposable
{
    internal string Path { get; } = System.IO.Path.GetTempFileName();

    public void Dispose() => File.Delete(Path);

    /// <summary>Replaces each text where it stands first.</summary>
    internal RobotConfiguration Read(params ReadOnlySpan<(string Right, string Other)> changes)
    {
        var text = File.ReadAllText(shipped);
        foreach (var (right, other) in changes)
        {
            var at = text.IndexOf(right, StringComparison.Ordinal);
            Assert.True(at >= 0, $"the shipped file has no '{right}'");
            text = text[..at] + other + text[(at + right.Length)..];
        }
        File.WriteAllText(Path, text);
        return ConfigurationReader.Read(Path);
    }

    /// <summary>The mistake is told with its place and its mend.</summary>
    internal void ExpectMistake(string right, string wrong, string key, string words)
    {
        var error = Assert.Throws<ConfigurationException>(() => Read((right, wrong)));

        Assert.True(error.Errors.Any(told => told.Key.Contains(key, StringComparison.Ordinal) && told.Problem.Contains(words, StringComparison.Ordinal) && told.Line > 0), error.Message);
    }

    /// <summary>Where the loop of a body of chips is to run.</summary>
    internal void ExpectControl(string mode, string place, int? watchdog)
    {
        var control = Read(("control: { ", $"control: {{ {mode}")).Control;

        Assert.Equal((place, watchdog), (control.Place.ToString(), control.KernelWatchdogSeconds));
    }
}
