namespace EdgeMas.Host.Hil;

/// <summary>One thing that a suite's file does or expects.</summary>
/// <param name="Line">In the file.</param>
/// <param name="Do">Throws <see cref="HilFailure"/> where it is not so.</param>
internal sealed record YamlStep(long Line, Action<FileRun> Do);
