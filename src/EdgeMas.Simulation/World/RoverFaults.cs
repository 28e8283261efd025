namespace EdgeMas.Simulation.World;

/// <summary>Faults to inject into the rover; each lasts until it is taken back. Any thread.</summary>
public sealed class RoverFaults
{
    private volatile bool _encodersFrozen;
    private volatile bool _rangeFinderLost;
    private volatile bool _bodySilent;
    private volatile bool _leftWheelStuck;
    private volatile bool _rightWheelStuck;

    /// <summary>The encoders go on reporting the angles of the moment this was set.</summary>
    public bool EncodersFrozen
    {
        get => _encodersFrozen;
        set => _encodersFrozen = value;
    }

    /// <summary>Every range reading is missing.</summary>
    public bool RangeFinderLost
    {
        get => _rangeFinderLost;
        set => _rangeFinderLost = value;
    }

    /// <summary>The motor board answers neither reads nor setpoints; its own time limit stops the wheels, and the brake line works.</summary>
    public bool BodySilent
    {
        get => _bodySilent;
        set => _bodySilent = value;
    }

    public bool LeftWheelStuck
    {
        get => _leftWheelStuck;
        set => _leftWheelStuck = value;
    }

    public bool RightWheelStuck
    {
        get => _rightWheelStuck;
        set => _rightWheelStuck = value;
    }
}
