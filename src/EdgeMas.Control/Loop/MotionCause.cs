namespace EdgeMas.Control.Loop;

/// <summary>Why the base does less than it was asked to.</summary>
public enum MotionCause
{
    None,
    Speed,
    TurnRate,
    Obstacle,

    /// <summary>The range finder has given no reading for too long, so nothing is known about the way ahead.</summary>
    RangeFinder,
    Geofence,
    Battery,
    Lease,

    /// <summary>The goal's owner has gone silent.</summary>
    Watchdog,
    EStop,

    /// <summary>The body does not answer.</summary>
    Body,

    /// <summary>A wheel does not turn although it is driven, or its encoder does not count.</summary>
    Wheel,

    /// <summary>A motor draws too much current, or its current is not known.</summary>
    Current,

    /// <summary>A motor is too hot, or its temperature is not known.</summary>
    Temperature,

    /// <summary>The host's process gives no sign of life.</summary>
    Host,

    /// <summary>The goal's numbers cannot be used.</summary>
    Goal,

    /// <summary>The control loop threw; <see cref="Desk.CoreDesk.Fault"/> has it.</summary>
    Fault,

    /// <summary>An arm's joint would leave its range, or does not follow.</summary>
    Joint,

    /// <summary>An arm's tool would leave its workspace.</summary>
    Workspace,

    /// <summary>A steering does not follow, or its angle is not known.</summary>
    Steering,

    /// <summary>Nothing tells how a base that steers turns.</summary>
    Heading,

    /// <summary>The base's drive cannot move so.</summary>
    Drive,

    /// <summary>The core's process died, or does not tick: nobody knows what the motors do until it is back and has braked them.</summary>
    Core,
}
