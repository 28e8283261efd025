using EdgeMas.Control.Desk;
using EdgeMas.Core.Motion;
using EdgeMas.Core.Time;
using EdgeMas.Core.Vision;
using EdgeMas.Host.Configuration;

namespace EdgeMas.Host.Robot;

/// <summary>What the robot's agents move and look through: a simulated rover in its world, or one of chips on this machine's pins.</summary>
internal abstract class RobotYard : IDisposable
{
    /// <summary>Simulated or real time.</summary>
    public abstract TimeProvider Clock { get; }

    /// <summary>Holds simulated time while a model thinks.</summary>
    public abstract ITimeBrake TimeBrake { get; }

    /// <summary>By <see cref="Clock"/>, since the beginning.</summary>
    public abstract TimeSpan Elapsed { get; }

    /// <summary>Where the agents move the rover from, in whichever process its control loop is.</summary>
    public abstract MotionDesk Desk { get; }

    /// <summary>Where the rover stands: the world's own knowledge, which no agent may ask for; where there is none, odometry's.</summary>
    public abstract Pose2D Truth { get; }

    /// <summary>Parts of the body that do not work now, one line each. Any thread.</summary>
    public abstract IReadOnlyList<string> Troubles { get; }

    public abstract void Start();

    public abstract ICamera CreateCamera();

    public abstract void Dispose();

    /// <param name="tell">Told when the control loop's process dies and when it is back.</param>
    /// <exception cref="IOException">The body's motors, or the process of its control loop, cannot be used.</exception>
    public static RobotYard Open(RobotConfiguration configuration, DataFolders folders, DateTimeOffset now, Action<string> tell) =>
        configuration.Body is { } body ? new DeviceYard(configuration, body, folders, tell) : new SimulatedYard(configuration, folders, now, tell);
}
