namespace EdgeMas.Host.Checkup;

/// <summary>Looks at one thing that a robot may need. It changes nothing on the machine, and leaves nothing behind.</summary>
internal interface ICheck
{
    /// <summary>Short, for people: the first column.</summary>
    string Name { get; }

    /// <summary>Ends within seconds. What it throws becomes a finding: failed where <see cref="IsNeeded"/>.</summary>
    Task<IReadOnlyList<Finding>> LookAsync(Patient patient, CancellationToken cancellationToken);

    /// <summary>Whether the configuration does not work without it.</summary>
    bool IsNeeded(Patient patient);
}
