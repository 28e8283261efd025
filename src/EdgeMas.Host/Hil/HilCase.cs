namespace EdgeMas.Host.Hil;

/// <summary>One thing that a suite expects of the board.</summary>
/// <param name="Name">A sentence.</param>
/// <param name="Run">Throws <see cref="HilFailure"/> where it is not so.</param>
internal sealed record HilCase(string Name, Action<HilBench> Run);
