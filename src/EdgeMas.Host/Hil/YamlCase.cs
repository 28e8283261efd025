namespace EdgeMas.Host.Hil;

/// <summary>A case of a suite's file.</summary>
internal sealed record YamlCase(string Name, IReadOnlyList<YamlStep> Steps);
