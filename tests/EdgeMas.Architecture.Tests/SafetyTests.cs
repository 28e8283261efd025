namespace EdgeMas.Architecture.Tests;

/// <summary>Every command to a motor passes the envelope, because nobody else holds a drive.</summary>
public sealed class SafetyTests
{
    private static readonly string[] MayDrive =
        ["src/EdgeMas.Control/", "src/EdgeMas.Simulation/", "src/EdgeMas.Core/Motion/IDifferentialDrive.cs", "src/EdgeMas.Core/Motion/IWheeledBody.cs", "src/EdgeMas.Devices/Rover/RoverBody.cs", "src/EdgeMas.Devices/Rover/RoverMount.cs"];

    /// <summary>What moves the bodies of vehicles beside the rover, and the ports' names.</summary>
    private static readonly string[] VehiclePorts = ["TrySpin", "TryMove", "IQuadrotor", "IServoArm"];

    private static readonly string[] MayMoveVehicles =
        ["src/EdgeMas.Control/Flight/", "src/EdgeMas.Control/Arm/", "src/EdgeMas.Control/Process/ControlCore.cs", "src/EdgeMas.Simulation/Flight/", "src/EdgeMas.Simulation/Arm/", "src/EdgeMas.Core/Motion/", "src/EdgeMas.Devices/Arm/ArmMount.cs",
         "src/EdgeMas.Devices/Quadrotor/QuadrotorMount.cs", "src/EdgeMas.Devices/Quadrotor/RotorDrive.cs", "src/EdgeMas.Simulation/Board/WiredQuadrotor.cs"];

    /// <summary>Drivers whose outputs move something.</summary>
    private static readonly string[] Actuators = ["HBridgeMotor", "Servo", "Esc", "Pca9685", "PwmChannels", "RoverWheel", "ArmServos", "ServoOutput", "RotorDrive", "RotorPulses"];

    [Fact]
    public void Only_the_control_loop_drives_the_wheels()
    {
        var others = Repository.Code("src").Where(file => !MayDrive.Any(place => Repository.NameOf(file).StartsWith(place, StringComparison.Ordinal)));

        Assert.Empty(others.Lines(line => line.Contains("TryDrive", StringComparison.Ordinal)));
    }

    [Fact]
    public void Only_their_control_loops_and_simulations_know_the_ports_of_other_vehicles()
    {
        var others = Repository.Code("src").Where(file => !MayMoveVehicles.Any(place => Repository.NameOf(file).StartsWith(place, StringComparison.Ordinal)));
        var known = Repository.Code("src/EdgeMas.Control/Flight", "src/EdgeMas.Control/Arm");

        Assert.Empty(others.Lines(line => VehiclePorts.Any(port => System.Text.RegularExpressions.Regex.IsMatch(line, $@"\b{port}\b"))));
        Assert.All(VehiclePorts, port => Assert.NotEmpty(known.Lines(line => line.Contains(port, StringComparison.Ordinal)))); // they are still called so
    }

    [Fact]
    public void Only_control_simulation_and_wiring_hold_a_drive()
    {
        var others = Repository.Code("src").Where(file => !MayDrive.Any(place => Repository.NameOf(file).StartsWith(place, StringComparison.Ordinal)));

        Assert.Empty(others.Lines(line => line.Contains("IDifferentialDrive", StringComparison.Ordinal) || line.Contains("IWheeledBody", StringComparison.Ordinal)));
        Assert.NotEmpty(Repository.Code("src/EdgeMas.Control").Lines(line => line.Contains("IWheeledBody", StringComparison.Ordinal))); // it is still called so
    }

    [Fact]
    public void Only_drivers_and_their_tests_on_a_board_make_an_actuator()
    {
        string[] may = ["src/EdgeMas.Devices/", "src/EdgeMas.Host/Hil/Suites/", "src/EdgeMas.Simulation/Board/"];
        var others = Repository.Code("src").Where(file => !may.Any(place => Repository.NameOf(file).StartsWith(place, StringComparison.Ordinal)));

        Assert.Empty(others.Lines(line => Actuators.Any(actuator =>
            System.Text.RegularExpressions.Regex.IsMatch(line, $@"\bnew (\w+\.)*{actuator}\(|\b{actuator}\.Open\("))));
    }

    [Fact]
    public void A_body_of_chips_is_made_by_the_wiring_only_and_shows_its_drive_to_the_port_alone()
    {
        string[] may = ["src/EdgeMas.SafetyCore/ChipBody.cs", "src/EdgeMas.Host/Robot/DeviceYard.cs", "src/EdgeMas.Host/Hil/BenchRover.cs"];
        var others = Repository.Code("src").Where(file => !may.Contains(Repository.NameOf(file)));
        var bodies = Repository.Code("src/EdgeMas.Devices/Rover").Where(file => Repository.NameOf(file) is var name && (name.EndsWith("/RoverBody.cs", StringComparison.Ordinal) || name.EndsWith("/RoverMount.cs", StringComparison.Ordinal))).ToArray();

        Assert.Empty(others.Lines(line => line.Contains("new RoverMount(", StringComparison.Ordinal)));
        Assert.NotEmpty(Repository.Code("src/EdgeMas.Devices/Rover").Lines(line => line.Contains("internal sealed class RoverBody", StringComparison.Ordinal)));
        Assert.Equal(2, bodies.Lines(line => line.Contains("bool IDifferentialDrive.TryDrive(", StringComparison.Ordinal)).Count());
        Assert.Empty(bodies.Lines(line => System.Text.RegularExpressions.Regex.IsMatch(line, @"\bpublic\b.*\bTryDrive\(")));
    }

    [Fact]
    public void An_arm_of_servos_is_made_by_the_wiring_only_and_shows_its_servos_to_the_port_alone()
    {
        string[] may = ["src/EdgeMas.SafetyCore/ChipBody.cs", "src/EdgeMas.Host/Robot/ServoYard.cs", "src/EdgeMas.Host/Hil/BenchArm.cs"];
        var others = Repository.Code("src").Where(file => !may.Contains(Repository.NameOf(file)));
        var arm = Repository.Code("src/EdgeMas.Devices/Arm").ToArray();

        Assert.Empty(others.Lines(line => line.Contains("new ArmMount(", StringComparison.Ordinal)));
        Assert.Single(arm.Lines(line => line.Contains("bool IServoArm.TryMove(", StringComparison.Ordinal)));
        Assert.Empty(arm.Lines(line => System.Text.RegularExpressions.Regex.IsMatch(line, @"\bpublic\b.*\b(TryMove|Give)\(")));
        foreach (var name in new[] { "ArmServos", "ServoOutput" })
            Assert.NotEmpty(arm.Lines(line => line.Contains($"internal sealed class {name}", StringComparison.Ordinal)));
    }

    [Fact]
    public void A_quadrotor_of_chips_is_made_by_the_wiring_only_and_shows_its_rotors_to_the_port_alone()
    {
        string[] may = ["src/EdgeMas.SafetyCore/ChipBody.cs", "src/EdgeMas.Host/Robot/RotorYard.cs", "src/EdgeMas.Host/Hil/BenchQuadrotor.cs"];
        var others = Repository.Code("src").Where(file => !may.Contains(Repository.NameOf(file)));
        var quadrotor = Repository.Code("src/EdgeMas.Devices/Quadrotor").ToArray();

        Assert.Empty(others.Lines(line => line.Contains("new QuadrotorMount(", StringComparison.Ordinal)));
        Assert.Single(quadrotor.Lines(line => line.Contains("bool IQuadrotor.TrySpin(", StringComparison.Ordinal)));
        Assert.Empty(quadrotor.Lines(line => System.Text.RegularExpressions.Regex.IsMatch(line, @"\bpublic\b.*\b(TrySpin|Give)\(")));
        foreach (var name in new[] { "RotorDrive", "RotorPulses" })
            Assert.NotEmpty(quadrotor.Lines(line => line.Contains($"internal sealed class {name}", StringComparison.Ordinal)));
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
