using EdgeMas.Core.Motion;

namespace EdgeMas.Simulation.World;

/// <summary>The truth about the rover at one moment, which no agent may ask for.</summary>
/// <param name="Seconds">Virtual time since the world began.</param>
/// <param name="Speed">Metres a second along the heading, over the ground.</param>
/// <param name="TurnRate">Radians a second.</param>
/// <param name="LeftWheelSpeed">Radians a second; likewise the right one. Of four driven wheels the front pair, of a car the back pair.</param>
/// <param name="Travelled">Metres, forwards and backwards alike.</param>
/// <param name="RangeAhead">Metres from the front to the nearest thing in the body's width; infinity beyond the finder's reach.</param>
/// <param name="Battery">0 to 1.</param>
/// <param name="Collisions">Times that the rover came up against something.</param>
/// <param name="IsTouching">It stands against something now.</param>
/// <param name="SideSpeed">Metres a second to the left, over the ground.</param>
/// <param name="Wheels">Radians a second of every wheel.</param>
/// <param name="Steering">Radians of the wheel in the middle of the front axle; NaN where nothing steers.</param>
public readonly record struct WorldState(
    double Seconds,
    Pose2D Pose,
    double Speed,
    double TurnRate,
    double LeftWheelSpeed,
    double RightWheelSpeed,
    double Travelled,
    double RangeAhead,
    double Battery,
    int Collisions,
    bool IsTouching,
    double SideSpeed = 0,
    WheelSet Wheels = default,
    double Steering = double.NaN);
