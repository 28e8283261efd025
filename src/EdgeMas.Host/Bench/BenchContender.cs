namespace EdgeMas.Host.Bench;

/// <summary>One side of a comparison.</summary>
/// <param name="RunAsync">Gets the run's number and gives one value for each measure, and the outputs.</param>
internal sealed record BenchContender(string Name, Func<int, CancellationToken, Task<BenchSample>> RunAsync);

/// <param name="Outputs">Texts that all contenders should have alike; empty where there are none.</param>
internal sealed record BenchSample(double[] Values, IReadOnlyList<string> Outputs);
