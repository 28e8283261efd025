namespace EdgeMas.Host.Checkup;

/// <summary>Whether missions, pictures and logs can be written, and how much room there is.</summary>
internal sealed class DataFolderCheck : ICheck
{
    private const long LeastBytes = 100_000_000;
    private const long EnoughBytes = 1_000_000_000;

    public string Name => "data folder";

    public bool IsNeeded(Patient patient) => true;

    public Task<IReadOnlyList<Finding>> LookAsync(Patient patient, CancellationToken cancellationToken)
    {
        var folder = Path.GetFullPath(patient.Configuration?.DataDirectory ?? ".edgemas");
        var there = folder;
        while (!Directory.Exists(there))
            there = Path.GetDirectoryName(there) ?? "/";
        return Task.FromResult<IReadOnlyList<Finding>>([Look(folder, there)]);
    }

    private Finding Look(string folder, string there)
    {
        try
        {
            // Opening is the only honest question: rights, read-only file systems and quotas all answer it.
            using var probe = new FileStream(Path.Combine(there, $".edgemas-doctor-{Environment.ProcessId}"), new FileStreamOptions
            {
                Mode = FileMode.CreateNew, Access = FileAccess.Write, Options = FileOptions.DeleteOnClose,
            });
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            return new Finding(Name, Verdict.Failed, $"{folder} cannot be written: {error.Message}", $"give this user the right to write to {there}, or configure data: another/folder");
        }
        var free = new DriveInfo(there).AvailableFreeSpace;
        var text = $"{folder} can be {(there == folder ? "written" : "made")}, {free / 1e9:N1} GB free";
        return free >= EnoughBytes ? Finding.Ok(Name, text) : Finding.Lacking(Name, free < LeastBytes, text, "remove old runs, or configure data: on another disk");
    }
}
