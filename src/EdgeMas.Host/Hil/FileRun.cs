namespace EdgeMas.Host.Hil;

/// <summary>What the steps of a suite's file work on.</summary>
/// <param name="Rover">At the other end of the wires.</param>
internal sealed record FileRun(BenchRover Rover, HilBench Bench, IFileDriver Driver)
{
    /// <summary>The host in a process of its own. Only for files that drive so: the reader sees to it.</summary>
    public HostDriver Host => (HostDriver)Driver;
}
