using EdgeMas.Host.CommandLine;

namespace EdgeMas.Host.Hil;

/// <summary>What is expected of one part of the hardware and its driver.</summary>
internal abstract class HilSuite
{
    public abstract string Name { get; }

    /// <summary>By which <see cref="HilSuites.Find"/> makes another one: its name, or its file.</summary>
    public virtual string Source => Name;

    public abstract string Description { get; }

    /// <summary>Seconds that it takes on a computer that does nothing else, so that several boards have as long to do.</summary>
    public virtual double UsualSeconds => 2;

    /// <summary>In the order in which they run, on one board.</summary>
    public abstract IReadOnlyList<HilCase> Cases { get; }

    /// <summary>Each of these must make the suite fail.</summary>
    public abstract IReadOnlyList<HilFault> Faults { get; }

    /// <exception cref="UsageException">It has no such fault.</exception>
    public HilFault FindFault(string name) => Faults.FirstOrDefault(fault => fault.Name == name)
        ?? throw new UsageException($"edgemas: suite '{Name}' has no fault '{name}'; it has {string.Join(", ", Faults.Select(fault => fault.Name))}");

    /// <summary>Plugs the chips that the suite talks to.</summary>
    public virtual void SetUp(HilBench bench)
    {
    }

    /// <summary>Puts a fault in, once the chips are plugged.</summary>
    /// <param name="fault">Null for a board in order.</param>
    public virtual void Break(HilBench bench, HilFault? fault) => fault?.Apply(bench);

    /// <summary>Lets go of what <see cref="SetUp"/> and the cases opened.</summary>
    public virtual void TearDown()
    {
    }
}
