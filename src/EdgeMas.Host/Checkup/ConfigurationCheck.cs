namespace EdgeMas.Host.Checkup;

/// <summary>The robot's YAML file.</summary>
internal sealed class ConfigurationCheck : ICheck
{
    public string Name => "configuration";

    public bool IsNeeded(Patient patient) => patient.File is not null;

    public Task<IReadOnlyList<Finding>> LookAsync(Patient patient, CancellationToken cancellationToken) => Task.FromResult(Look(patient));

    private IReadOnlyList<Finding> Look(Patient patient) => patient switch
    {
        { File: null } => [Finding.Ok(Name, "none named: this machine by itself; 'edgemas doctor configs/rover-sim.yaml' checks what a robot needs")],
        { Configuration: { } robot } => [Finding.Ok(Name, $"{patient.File} is valid: robot {robot.Robot} of fleet {robot.Fleet}")],
        _ => [.. patient.Errors.Select(error => new Finding(Name, Verdict.Failed, error.ToString()))],
    };
}
