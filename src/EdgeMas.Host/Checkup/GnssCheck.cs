namespace EdgeMas.Host.Checkup;

/// <summary>Whether the port of the robot's satellite receiver is there and permitted. It is not opened: that resets some receivers, and another program may read it.</summary>
/// <param name="root">In front of every path of the machine; empty for this one.</param>
internal sealed class GnssCheck(string root = "") : ICheck
{
    public string Name => "gnss";

    public bool IsNeeded(Patient patient) => patient.Needs(static configuration => configuration.Gnss is not null);

    public Task<IReadOnlyList<Finding>> LookAsync(Patient patient, CancellationToken cancellationToken) => Task.FromResult<IReadOnlyList<Finding>>(Look(patient) is { } finding ? [finding] : []);

    private Finding? Look(Patient patient) => patient.Configuration?.Gnss is not { } gnss
        ? null
        : gnss.Bus.Trouble(root) is { } trouble
            ? new Finding(Name, Verdict.Failed, trouble.Message)
            : Finding.Ok(Name, $"{gnss.Bus.Find(root)}, {gnss.Wiring.Settings}");
}
