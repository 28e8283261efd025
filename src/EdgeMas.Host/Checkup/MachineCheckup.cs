using System.Runtime.CompilerServices;

namespace EdgeMas.Host.Checkup;

/// <summary>All checks, one after the other. A new one is a class with the shape of <see cref="ICheck"/> and a line here.</summary>
internal sealed class MachineCheckup(IReadOnlyList<ICheck> checks)
{
    private static readonly TimeSpan Limit = TimeSpan.FromSeconds(60);

    public static IReadOnlyList<ICheck> Usual { get; } =
    [
        new ConfigurationCheck(), new DotnetCheck(), new ProcessorCheck(), new MemoryCheck(), new LlamaCheck(), new ModelsCheck(), new OnnxCheck(), new OpenCvCheck(),
        new PocketSphinxCheck(), new WhisperCheck(), new EspeakCheck(), new SoundCheck(), new MosquittoCheck(), new BrokerCheck(), new DataFolderCheck(),
        new ClockCheck(), new RealTimeCheck(), new BoardCheck(), new GnssCheck(), new KernelWatchdogCheck(),
    ];

    /// <summary>Yields each finding as it is made.</summary>
    public async IAsyncEnumerable<Finding> RunAsync(Patient patient, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        foreach (var check in checks)
        {
            foreach (var finding in await LookAsync(check, patient, cancellationToken))
                yield return finding;
        }
    }

    private static async Task<IReadOnlyList<Finding>> LookAsync(ICheck check, Patient patient, CancellationToken cancellationToken)
    {
        try
        {
            // Native libraries load on a thread of their own, so that one that hangs is told too.
            return await Task.Run(() => check.LookAsync(patient, cancellationToken), cancellationToken).WaitAsync(Limit, TimeProvider.System, cancellationToken);
        }
        catch (TimeoutException)
        {
            return [Finding.Lacking(check.Name, check.IsNeeded(patient), $"did not answer within {Limit.TotalSeconds:0} s")];
        }
#pragma warning disable CA1031 // a check that cannot be made is a finding; the others go on
        catch (Exception error) when (!cancellationToken.IsCancellationRequested)
#pragma warning restore CA1031
        {
            return [Finding.Lacking(check.Name, check.IsNeeded(patient), error.Message.ReplaceLineEndings(" "))];
        }
    }
}
