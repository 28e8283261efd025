namespace EdgeMas.Host.Bench;

/// <param name="Name">With the unit.</param>
internal sealed record BenchMeasure(string Name, bool MoreIsBetter = false);
