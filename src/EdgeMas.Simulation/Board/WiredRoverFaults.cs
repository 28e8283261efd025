namespace EdgeMas.Simulation.Board;

/// <summary>What may be wrong between the world's rover and its board; each lasts until it is taken back. Any thread.</summary>
public sealed class WiredRoverFaults
{
    private volatile bool _leftEncoderStuck, _leftEncoderBackwards, _motorsCrossed, _gyroscopeUpsideDown, _bridgeDead;

    /// <summary>The left encoder's disc has come loose: it gives no edges.</summary>
    public bool LeftEncoderStuck { get => _leftEncoderStuck; set => _leftEncoderStuck = value; }

    /// <summary>A and B of the left encoder are exchanged.</summary>
    public bool LeftEncoderBackwards { get => _leftEncoderBackwards; set => _leftEncoderBackwards = value; }

    /// <summary>Each bridge drives the other side's motor.</summary>
    public bool MotorsCrossed { get => _motorsCrossed; set => _motorsCrossed = value; }

    /// <summary>The gyroscope feels turns the other way round.</summary>
    public bool GyroscopeUpsideDown { get => _gyroscopeUpsideDown; set => _gyroscopeUpsideDown = value; }

    /// <summary>The bridge gives no current and does not brake.</summary>
    public bool BridgeDead { get => _bridgeDead; set => _bridgeDead = value; }
}
