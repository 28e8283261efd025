namespace EdgeMas.Simulation.World;

/// <summary>Faults to inject into the rover; each lasts until it is taken back. Any thread.</summary>
public sealed class RoverFaults
{
    private volatile bool _encodersFrozen;
    private volatile bool _rangeFinderLost;
    private volatile bool _bodySilent;
    private volatile bool _leftWheelStuck;
    private volatile bool _rightWheelStuck;
    private volatile bool _steeringStuck;
    private volatile bool _steeringLost;
    private volatile bool _gyroscopeLost;

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

    /// <summary>Of four driven wheels the front left one.</summary>
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

    /// <summary>The steering stays where it is, whatever it is told.</summary>
    public bool SteeringStuck
    {
        get => _steeringStuck;
        set => _steeringStuck = value;
    }

    /// <summary>The steering's angle is not measured.</summary>
    public bool SteeringLost
    {
        get => _steeringLost;
        set => _steeringLost = value;
    }

    /// <summary>The gyroscope gives no reading.</summary>
    public bool GyroscopeLost
    {
        get => _gyroscopeLost;
        set => _gyroscopeLost = value;
    }
}
