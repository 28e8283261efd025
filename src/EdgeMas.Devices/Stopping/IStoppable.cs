namespace EdgeMas.Devices.Stopping;

/// <summary>A body with a stop button, as its guard sees it; called on the guard's thread.</summary>
internal interface IStoppable
{
    /// <summary>The button as it is now: while it is pressed, no setpoint is taken.</summary>
    void HoldStop(bool pressed);

    /// <summary>Every 20 ms, whatever the button says.</summary>
    void LookAfter();
}
