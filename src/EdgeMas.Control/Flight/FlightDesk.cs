using EdgeMas.Control.Process;
using EdgeMas.Control.Sharing;
using EdgeMas.Control.Vehicles;

namespace EdgeMas.Control.Flight;

/// <summary>Where a host flies a quadrotor from whose control loop is a process of its own.</summary>
public static class FlightDesk
{
    /// <summary>Takes the quadrotor over from the host before, which must have gone silent. Waits for that, some seconds at most.</summary>
    /// <param name="path">The core's region of shared memory.</param>
    /// <param name="settings">What the core is expected to run under.</param>
    /// <exception cref="RegionException">There is no such core, it runs under other settings, or another host has it.</exception>
    /// <exception cref="ControlOptionsException">The settings are of another kind of vehicle.</exception>
    public static VehicleDesk<FlightGoal, FlightState> Attach(string path, CoreSettings settings)
    {
        var quadrotor = settings.Quadrotor ?? throw new ControlOptionsException(nameof(CoreSettings.Quadrotor), "these settings are of another kind of vehicle");
        return VehicleDesk<FlightGoal, FlightState>.Attach(path, settings, quadrotor.Limits.Vehicle);
    }
}
