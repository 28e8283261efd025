namespace EdgeMas.Inference.Loading;

/// <summary>How many threads compute best: two on one core only wait for each other's arithmetic unit.</summary>
internal static class PhysicalCores
{
    private const string Folder = "/sys/devices/system/cpu";

    /// <summary>Physical cores of this machine, and no more than this process may use.</summary>
    internal static int Count() => CountIn(Folder, Environment.ProcessorCount);

    /// <param name="folder">With <c>cpuN/topology/thread_siblings_list</c> for each N, as the Linux kernel has it.</param>
    internal static int CountIn(string folder, int most)
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
