namespace EdgeMas.Control.Goals;

public enum GoalKind
{
    /// <summary>Come to rest and forget the goal before.</summary>
    Stop,

    /// <summary>Straight ahead or back by a distance, holding the heading.</summary>
    Drive,

    /// <summary>To the left or right by a distance, holding the heading; mecanum wheels only.</summary>
    Strafe,

    /// <summary>Along a circle's arc; bases that steer only.</summary>
    Arc,

    /// <summary>On the spot by an angle, which may be more than a whole turn.</summary>
    Turn,

    /// <summary>To a point: turn towards it, drive, and turn to the final heading where one is asked for.</summary>
    GoTo,
}
