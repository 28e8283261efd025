namespace EdgeMas.Architecture.Tests;

/// <summary>Every command to a motor passes the envelope, because nobody else holds a drive.</summary>
public sealed class SafetyTests
{
    private static readonly string[] MayDrive = ["src/EdgeMas.Control/", "src/EdgeMas.Simulation/", "src/EdgeMas.Core/Motion/IDifferentialDrive.cs"];

    [Fact]
    public void Only_the_control_loop_drives_the_wheels()
    {
        var others = Repository.Code("src").Where(file => !MayDrive.Any(place => Repository.NameOf(file).StartsWith(place, StringComparison.Ordinal)));

        Assert.Empty(others.Lines(line => line.Contains("TryDrive", StringComparison.Ordinal)));
    }

    [Fact]
    public void Only_control_simulation_and_wiring_hold_a_drive()
    {
        string[] may = [.. MayDrive, "src/EdgeMas.Host/Robot/SeparateCore.cs"]; // gives the simulated body to the core's process
        var others = Repository.Code("src").Where(file => !may.Any(place => Repository.NameOf(file).StartsWith(place, StringComparison.Ordinal)));

        Assert.Empty(others.Lines(line => line.Contains("IDifferentialDrive", StringComparison.Ordinal)));
    }

    [Fact]
    public void Native_calls_live_under_native_and_pointers_do_not_leave_it()
    {
        var outside = Repository.Code("src").Where(file => !Repository.NameOf(file).Contains("/Native/", StringComparison.Ordinal)).ToArray();

        Assert.Empty(Repository.Code("src").Lines(line => line.Contains("[DllImport", StringComparison.Ordinal)));
        Assert.Empty(outside.Lines(line => line.Contains("[LibraryImport", StringComparison.Ordinal)));
        Assert.Empty(outside.Lines(line => System.Text.RegularExpressions.Regex.IsMatch(line, @"^[^/""]*\bunsafe\b|^\s*(public|internal|protected)\b[^/""]*\b(nint|IntPtr)\b")));
    }
}
