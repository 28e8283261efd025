namespace EdgeMas.Simulation.Board;

/// <summary>What may be wrong between the air's quadrotor and its board; each lasts until it is taken back. Any thread.</summary>
public sealed class WiredQuadrotorFaults
{
    private volatile bool _gyroscopeUpsideDown, _satellitesSilent, _satellitesElsewhere, _enableCut;
    private volatile int _deadRotor = -1;
    private double _batteryVolts = double.NaN;

    /// <summary>The inertial sensor feels turns the other way round.</summary>
    public bool GyroscopeUpsideDown { get => _gyroscopeUpsideDown; set => _gyroscopeUpsideDown = value; }

    /// <summary>The receiver says nothing.</summary>
    public bool SatellitesSilent { get => _satellitesSilent; set => _satellitesSilent = value; }

    /// <summary>The receiver tells east and north exchanged.</summary>
    public bool SatellitesElsewhere { get => _satellitesElsewhere; set => _satellitesElsewhere = value; }

    /// <summary>The wire to the chip's OE is cut, and OE low.</summary>
    public bool EnableCut { get => _enableCut; set => _enableCut = value; }

    /// <summary>This rotor does not turn, whatever its controller gets: 0 to 3, front left, front right, back left, back right; −1 for none.</summary>
    public int DeadRotor { get => _deadRotor; set => _deadRotor = value; }

    /// <summary>What the battery has, whatever was drawn from it; NaN for a healthy one.</summary>
    public double BatteryVolts { get => Volatile.Read(ref _batteryVolts); set => Volatile.Write(ref _batteryVolts, value); }
}
