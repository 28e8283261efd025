namespace EdgeMas.Host.Tests.Parts;

/// <summary>Files of the repository that these tests were built in.</summary>
internal static class Shipped
{
    internal static string Rover => Path.Combine(Root, "configs", "rover-sim.yaml");

    internal static string DeviceRover => Path.Combine(Root, "configs", "rover-simboard.yaml");

    internal static string ProcessSuite => Path.Combine(Root, "hardware", "hil", "processes.yaml");

    internal static string Suite => Path.Combine(Root, "hardware", "hil", "stop-and-faults.yaml");

    internal static string Planner => Path.Combine(Root, "models", "planner.gguf");

    private static string Root
    {
        get
        {
            var directory = new DirectoryInfo(AppContext.BaseDirectory);
            while (!File.Exists(Path.Combine(directory!.FullName, "EdgeMas.sln")))
                directory = directory.Parent;
            return directory.FullName;
        }
    }
}
