namespace EdgeMas.Devices.Stopping;

/// <summary>What a body knows of its stop button, which counts as held until it was read, and who is told of a press. Any thread.</summary>
/// <param name="stop">Stops the body, before anybody is told.</param>
internal sealed class StopButton(Action stop)
{
    private readonly Lock _listeners = new();
    private Action? _pressed;
    private volatile bool _isHeld = true;
    private volatile bool _isPressed;

    /// <summary>Raised on the thread that holds the button. A button that is pressed already is told at once, perhaps twice.</summary>
    public event Action Pressed
    {
        add
        {
            lock (_listeners)
                _pressed += value;
            if (_isPressed)
                value();
        }

        remove
        {
            lock (_listeners)
                _pressed -= value;
        }
    }

    /// <summary>No setpoint is to be taken.</summary>
    public bool IsHeld => _isHeld;

    /// <summary>The button as it is now.</summary>
    public void Hold(bool pressed)
    {
        if (pressed == _isHeld && pressed == _isPressed)
            return;
        _isHeld = pressed;
        _isPressed = pressed;
        if (!pressed)
            return;
        stop();
        Volatile.Read(ref _pressed)?.Invoke();
    }
}
