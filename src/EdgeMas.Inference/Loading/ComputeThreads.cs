namespace EdgeMas.Inference.Loading;

/// <summary>
/// How many threads compute best. Two on one core only wait for each other's arithmetic unit. A tiny model is best served by one: its threads meet some
/// hundred times a token, by spinning, and where another program holds a core they wait for its time slice. Measured with llama-bench and the in-box planner
/// on 2 busy cores: one thread 1,591 tokens/s, two threads 81; on 2 idle cores two gain a third.
/// </summary>
internal static class ComputeThreads
{
    private const long TinyModelBytes = 32_000_000;
    private const string Folder = "/sys/devices/system/cpu";

    internal static int For(long weightBytes) => weightBytes < TinyModelBytes ? 1 : CoresIn(Folder, Environment.ProcessorCount);

    /// <summary>Physical cores of this machine, and no more than this process may use.</summary>
    /// <param name="folder">With <c>cpuN/topology/thread_siblings_list</c> for each N, as the Linux kernel has it.</param>
    internal static int CoresIn(string folder, int most)
    {
        if (!Directory.Exists(folder))
            return most;
        var cores = new HashSet<string>(StringComparer.Ordinal);
        foreach (var cpu in Directory.EnumerateDirectories(folder, "cpu*"))
        {
            var siblings = Path.Combine(cpu, "topology", "thread_siblings_list");
            if (File.Exists(siblings))
                cores.Add(File.ReadAllText(siblings).Trim());
        }
        return cores.Count == 0 ? most : Math.Min(cores.Count, most);
    }
}
