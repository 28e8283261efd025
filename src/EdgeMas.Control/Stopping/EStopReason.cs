namespace EdgeMas.Control.Stopping;

/// <summary>Who pulled the emergency stop.</summary>
public enum EStopReason
{
    None,

    /// <summary>A key or a button.</summary>
    Operator,

    /// <summary>A message on the robot's e-stop topic.</summary>
    Topic,

    /// <summary>A call from within the program.</summary>
    Api,

    /// <summary>A supervisor that knew no other way.</summary>
    Supervisor,

    /// <summary>The program is going down.</summary>
    Shutdown,

    /// <summary>A button wired to the board.</summary>
    Line,
}
