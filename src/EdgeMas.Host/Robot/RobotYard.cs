using EdgeMas.Control.Motor;
using EdgeMas.Control.Process;
using EdgeMas.Control.Stopping;
using EdgeMas.Control.Vehicles;
using EdgeMas.Core.Agents;
using EdgeMas.Core.Motion;
using EdgeMas.Core.Time;
using EdgeMas.Core.Vision;
using EdgeMas.Host.Configuration;
using EdgeMas.Simulation.Arm;
using EdgeMas.Simulation.Flight;

namespace EdgeMas.Host.Robot;

/// <summary>What the robot's agents move and look through: a simulated vehicle in its world, or a body of chips on this machine's pins.</summary>
internal abstract class RobotYard : IDisposable
{
    /// <summary>Simulated or real time.</summary>
    public abstract TimeProvider Clock { get; }

    /// <summary>Holds simulated time while a model thinks.</summary>
    public abstract ITimeBrake TimeBrake { get; }

    /// <summary>By <see cref="Clock"/>, since the beginning.</summary>
    public abstract TimeSpan Elapsed { get; }

    /// <summary>Of the body, in whichever process its control loop is.</summary>
    public abstract EmergencyStop EmergencyStop { get; }

    /// <summary>Where the body is, as the control loop knows it.</summary>
    public abstract Pose2D Pose { get; }

    /// <summary>Where the body is: the world's own knowledge, which no agent may ask for; where there is none, the control loop's.</summary>
    public abstract Pose2D Truth { get; }

    /// <summary>Parts of the body that do not work now, one line each. Any thread.</summary>
    public abstract IReadOnlyList<string> Troubles { get; }

    /// <summary>The body needs no control loop any more: one that flies has landed. Any thread.</summary>
    public virtual bool IsAtRest => true;

    public abstract void Start();

    /// <summary>The agent that moves the body.</summary>
    /// <param name="options">Of a rover; other bodies take what they have of it.</param>
    public abstract Agent CreateMotor(MotorOptions options);

    /// <returns>Null where the body has none.</returns>
    public abstract ICamera? CreateCamera();

    public abstract void Dispose();

    /// <summary>Whether a robot's body of chips is driven by a process of its own: where its file says so, and where it says nothing and that program is built.</summary>
    public static bool ChipsInOwnProcess(RobotConfiguration configuration) =>
        configuration.Control.Place == ControlPlace.Process || (configuration.Control.Place == ControlPlace.Usual && CoreProcess.FindNative() is not null);

    /// <summary>How long a vehicle's host and its simulated body may be silent for a control loop in a process of its own. A world that this process has no time for stands still together with its readings: nothing is flown blind.</summary>
    protected static VehicleLimits InOwnProcess(VehicleLimits usual, RobotConfiguration configuration) =>
        usual with { HostPatience = configuration.Control.Heartbeat, ReadingPatience = TimeSpan.FromSeconds(1), BodyPatience = TimeSpan.FromSeconds(2) };

    /// <param name="tell">Told when the control loop's process dies and when it is back.</param>
    /// <exception cref="IOException">The body's motors, or the process of its control loop, cannot be used.</exception>
    public static RobotYard Open(RobotConfiguration configuration, DataFolders folders, DateTimeOffset now, Action<string> tell) =>
        configuration switch
        {
            { Body: { } body } => new DeviceYard(configuration, body, folders, tell),
            { Quadrotor: { } quadrotor, QuadrotorBody: { } rotors } => new RotorYard(quadrotor, rotors, configuration, folders, tell),
            { Quadrotor: { } quadrotor } => new FlyingYard(quadrotor, new QuadrotorWorld(quadrotor.Body with { Seed = configuration.World.Seed }), configuration, folders, now, tell),
            { Arm: { } arm, ArmBody: { } servos } => new ServoYard(arm, servos, configuration, folders, tell),
            { Arm: { } arm } => new ArmYard(arm, new ArmWorld(arm.Servos, configuration.World.Seed), configuration, folders, now, tell),
            _ => new SimulatedYard(configuration, folders, now, tell),
        };
}
